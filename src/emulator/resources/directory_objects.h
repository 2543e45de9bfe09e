#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// A directory object with every property at its default.
[[nodiscard]] Json application_shape();
[[nodiscard]] Json service_principal_shape();

/// As the version of the call spells it: beta renames and adds properties (docs/graph.md#5.2).
[[nodiscard]] Json service_principal_on_wire(const Json& value, const Call& call);

/// What a property of a directory object may hold.
enum class PropertyType { boolean, text, required_text, texts, object, objects };

/// A property that a PATCH may set. `max_length` of a text, 0: none.
struct WritableProperty {
  std::string_view name;
  PropertyType type;
  std::size_t max_length = 0;
};

/// Lays the body of a PATCH over `value`, or says which property is unknown, read-only or of the
/// wrong type: 400 Request_BadRequest (docs/graph.md#5.2). Nothing changes then.
[[nodiscard]] std::optional<Reply> apply_patch(const Json& body,
                                               std::span<const WritableProperty> writable,
                                               std::string_view resource, Json& value);

}  // namespace syncwright::emulator
