#include "syncwright/schema/overlay.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schema/compare/canonical.h"
#include "schema/overlay/list_overlay.h"
#include "schema/overlay/overlay_mappings.h"
#include "schema/part_lookup.h"
#include "syncwright/schema/members.h"

namespace syncwright::schema {

namespace {

Json wanted_members(const AttributeDefinitionRequest& request) {
  Json wanted = Json::object();
  for_each_member<AttributeDefinitionRequest>([&](const auto& row) {
    if (request.*row.value) wanted[row.name] = *(request.*row.value);
  });
  return wanted;
}

std::vector<LiveElement> live_elements(const ObjectDefinition& object) {
  std::vector<LiveElement> elements;
  elements.reserve(object.attributes().size());
  for (const AttributeDefinition& attribute : object.attributes()) {
    elements.push_back({attribute.name, attribute.span});
  }
  return elements;
}

/// The half of `overlay` that concerns definitions: adds its edits of the base's text, and its
/// problems. The other half is overlay_mappings; the two touch different parts of the text.
void overlay_definitions(const SynchronizationSchema& base, const Customization& customization,
                         std::vector<TextEdit>& edits, std::vector<OverlayProblem>& problems) {
  std::map<ObjectPlace, std::vector<ElementRequest>> requests;
  for (const AttributeDefinitionRequest& request : customization.attributes) {
    const auto place = find_object(base, request);
    if (!place) {
      problems.push_back(place.error());
      continue;
    }
    add_request(requests[*place],
                {request.name, request.absent, wanted_members(request), request.where});
  }
  const ElementKind kind{"name", "attributes", definition_defaults(), canonical_definition};
  for (const auto& [place, of_object] : requests) {
    const DirectoryDefinition& directory = base.directories()[place.directory];
    const ObjectDefinition& object = directory.objects[place.object];
    ListOverlay list(base, kind, live_elements(object));
    for (const ElementRequest& request : of_object) {
      if (list.count(request.name) < 2) {
        list.lay(request);
        continue;
      }
      problems.push_back(
          {Code::SW5010,
           fmt::format("the object `{}` of the directory `{}` defines the attribute "
                       "`{}` {} times",
                       object.name, directory.name, request.name, list.count(request.name)),
           request.where});
    }
    MemberValues members;
    list.finish(object.attributes_span, members, edits);
    edit_members(base.text(), object.span, members, edits);
  }
}

}  // namespace

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> overlay(
    const SynchronizationSchema& base, const Customization& customization,
    const expression::FunctionKeys* functions) {
  std::vector<TextEdit> edits;
  std::vector<OverlayProblem> problems;
  overlay_definitions(base, customization, edits, problems);
  overlay_mappings(base, customization, functions, edits, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  if (edits.empty()) return base;
  auto result = base.edited(std::move(edits));
  if (result) return std::move(*result);
  // Only the bounds on size and depth can be crossed: edits put JSON where JSON was.
  problems.push_back({Code::SW5018, "with the customization " + result.error().message, {}});
  return tl::unexpected(std::move(problems));
}

bool needs_function_keys(const Customization& customization) {
  const auto unproven = [](const AttributeMappingRequest& request) {
    const auto* expression =
        request.source ? std::get_if<expression::Expression>(&request.source->value) : nullptr;
    return expression != nullptr && !expression::has_proven_keys(*expression);
  };
  return std::any_of(customization.mappings.begin(), customization.mappings.end(),
                     [&](const ObjectMappingRequest& mapping) {
                       return std::any_of(mapping.attributes.begin(), mapping.attributes.end(),
                                          unproven);
                     });
}

}  // namespace syncwright::schema
