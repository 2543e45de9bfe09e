#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// What a property of a directory object may hold. A text, a guid, an object, an integer and a
/// moment (RFC 3339) may be null, and so may an optional boolean.
enum class PropertyType {
  boolean,
  optional_boolean,
  integer,
  moment,
  text,
  required_text,
  guid,
  texts,
  object,
  objects
};

/// `max_length` of a text in characters, of a list in items; 0: none.
[[nodiscard]] bool is_value_of(const Json& value, PropertyType type, std::size_t max_length);
/// "01234567-89ab-cdef-0123-456789abcdef", in either case.
[[nodiscard]] bool is_guid(std::string_view text);

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
