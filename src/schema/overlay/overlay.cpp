#include "syncwright/schema/overlay.h"

#include <algorithm>

#include "schema/overlay/overlay_parts.h"

namespace syncwright {

tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> overlay(
    const SynchronizationSchema& base, const Customization& customization,
    const FunctionKeys* functions) {
  std::vector<TextEdit> edits;
  std::vector<OverlayProblem> problems;
  overlay_definitions(base, customization, edits, problems);
  overlay_mappings(base, customization, functions, edits, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  if (edits.empty()) return base;
  auto result = SynchronizationSchema::decode(splice(base.text(), std::move(edits)));
  if (result) return std::move(*result);
  // Only the bounds on size and depth can be crossed: edits put JSON where JSON was.
  problems.push_back({Code::SW5018, "with the customization " + result.error().message, {}});
  return tl::unexpected(std::move(problems));
}

bool needs_function_keys(const Customization& customization) {
  const auto unproven = [](const AttributeMappingRequest& request) {
    const auto* expression =
        request.source ? std::get_if<Expression>(&request.source->value) : nullptr;
    return expression != nullptr && !has_proven_keys(*expression);
  };
  return std::any_of(customization.mappings.begin(), customization.mappings.end(),
                     [&](const ObjectMappingRequest& mapping) {
                       return std::any_of(mapping.attributes.begin(), mapping.attributes.end(),
                                          unproven);
                     });
}

}  // namespace syncwright
