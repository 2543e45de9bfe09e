#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>
#include <tuple>
#include <vector>

#include "syncwright/schema/customization.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// Indices into SynchronizationSchema::rules() and ::directories(): an overlay never changes them.
struct ObjectMappingPlace {
  std::size_t rule = 0;
  std::size_t mapping = 0;
  auto operator<=>(const ObjectMappingPlace&) const = default;
};
struct ObjectPlace {
  std::size_t directory = 0;
  std::size_t object = 0;
  auto operator<=>(const ObjectPlace&) const = default;
};

/// The one object mapping that the request means (docs/contract.md#3, "Which mapping"); SW5009 with
/// the candidates where there is none or more than one. Names are case-sensitive.
[[nodiscard]] tl::expected<ObjectMappingPlace, OverlayProblem> find_object_mapping(
    const SynchronizationSchema& schema, const ObjectMappingRequest& request);

/// The one object definition that the request means; SW5017 with the candidates otherwise.
[[nodiscard]] tl::expected<ObjectPlace, OverlayProblem> find_object(
    const SynchronizationSchema& schema, const AttributeDefinitionRequest& request);

/// "no directory is named `x`; did you mean `y`? there are `y`, `z`": `what` and a name that none
/// of `names` is.
[[nodiscard]] std::string unknown_name(const std::string& what, const std::string& name,
                                       const std::vector<std::string>& names);

}  // namespace syncwright::schema
