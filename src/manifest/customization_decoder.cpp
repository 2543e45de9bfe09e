#include "customization_decoder.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "attribute_definition_decoder.h"
#include "keys.h"
#include "object_mapping_decoder.h"
#include "scalar_fields.h"
#include "text_check.h"

namespace syncwright {
namespace {

using Identity = std::vector<std::string>;

Identity identity_of(const AttributeDefinitionRequest& definition) {
  return {definition.directory, definition.rule, definition.object, definition.target_of,
          definition.name};
}

Identity identity_of(const ObjectMappingRequest& mapping) {
  return {mapping.rule, mapping.object, mapping.target};
}

std::string named(const AttributeDefinitionRequest& definition) {
  return fmt::format("the definition of {}", shown(definition.name));
}

std::string named(const ObjectMappingRequest& mapping) {
  return fmt::format("the mapping of {}", shown(mapping.object));
}

template <class Request>
void report_duplicates(const std::vector<Request>& requests, Diagnostics& diagnostics) {
  std::map<Identity, const Request*> seen;
  for (const Request& request : requests) {
    const auto [first, added] = seen.emplace(identity_of(request), &request);
    if (added) continue;
    diagnostics.add(
        "SW2011", request.where,
        fmt::format("{} occurs twice, first in line {}", named(request), first->second->where.line),
        "join the two entries");
  }
}

}  // namespace

std::optional<Customization> as_customization(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  using Mode = Customization::Mode;
  Keys keys(field);
  Customization customization;
  customization.mode =
      keys.read("mode", as_word<Mode>({{"merge", Mode::merge}, {"exact", Mode::exact}}))
          .value_or(Mode::merge);
  keys.later("include", "write the mappings out here for now");
  keys.later("file", "write the customizations as attributes and mappings for now");
  if (auto definitions = keys.read("attributes", as_list(as_attribute_definition))) {
    customization.attributes = std::move(*definitions);
  }
  if (auto mappings = keys.read("mappings", as_list(as_object_mapping))) {
    for (DecodedObjectMapping& mapping : *mappings) {
      for (AttributeDefinitionRequest& definition : mapping.definitions) {
        customization.attributes.push_back(std::move(definition));
      }
      customization.mappings.push_back(std::move(mapping.request));
    }
  }
  keys.done();
  report_duplicates(customization.attributes, field.source().diagnostics);
  report_duplicates(customization.mappings, field.source().diagnostics);
  return customization;
}

}  // namespace syncwright
