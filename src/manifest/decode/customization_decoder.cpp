#include "manifest/decode/customization_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "manifest/decode/attribute_definition_decoder.h"
#include "manifest/decode/base_schema_decoder.h"
#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "manifest/decode/object_mapping_decoder.h"
#include "manifest/yaml/text_check.h"

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

std::string title_of(const AttributeDefinitionRequest& definition) {
  return fmt::format("the definition of {}", quote_value(definition.name));
}

std::string title_of(const ObjectMappingRequest& mapping) {
  return fmt::format("the mapping of {}", quote_value(mapping.object));
}

template <class Request>
void report_duplicates(const std::vector<Request>& requests, Diagnostics& diagnostics) {
  std::map<Identity, const Request*> seen;
  for (const Request& request : requests) {
    const auto [first, added] = seen.emplace(identity_of(request), &request);
    if (added) continue;
    diagnostics.add(Code::SW2011, request.where,
                    fmt::format("{} occurs twice, first in line {}", title_of(request),
                                first->second->where.line),
                    "join the two entries");
  }
}

std::optional<DecodedSchema::Include> as_include(const Field& field) {
  auto name = as_name(field);
  if (!name) return std::nullopt;
  return DecodedSchema::Include{std::move(*name), field.place()};
}

void report_repeated(const std::vector<DecodedSchema::Include>& includes,
                     Diagnostics& diagnostics) {
  for (auto include = includes.begin(); include != includes.end(); ++include) {
    const bool repeated = std::any_of(includes.begin(), include, [&](const auto& earlier) {
      return earlier.set == include->set;
    });
    if (!repeated) continue;
    diagnostics.add(Code::SW2011, include->where,
                    fmt::format("{} occurs twice", quote_value(include->set)),
                    "remove one: the last place of a set decides what it is laid over");
  }
}

}  // namespace

void read_customization(Keys& keys, const Field& field, Customization& customization) {
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
  report_duplicates(customization.attributes, field.source().diagnostics);
  report_duplicates(customization.mappings, field.source().diagnostics);
}

std::optional<DecodedSchema> as_job_schema(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  using Mode = Customization::Mode;
  Keys keys(field);
  DecodedSchema schema;
  schema.customization.mode =
      keys.read("mode", as_word<Mode>({{"merge", Mode::merge}, {"exact", Mode::exact}}))
          .value_or(Mode::merge);
  if (auto includes = keys.read("include", as_list(as_include))) {
    schema.includes = std::move(*includes);
    report_repeated(schema.includes, field.source().diagnostics);
  }
  schema.base = keys.read("file", as_base_schema);
  read_customization(keys, field, schema.customization);
  keys.done();
  return schema;
}

}  // namespace syncwright
