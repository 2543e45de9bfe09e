#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "syncwright/core/error.h"

namespace syncwright {

/// Object keys are kept sorted, so `dump()` is already canonical but for number forms.
using Json = nlohmann::json;

/// The bounds of a text that is parsed.
struct JsonLimits {
  std::size_t max_bytes = 64u << 20u;
  int max_depth = 200;  ///< arrays and objects within each other
};

/// Parses text that we do not trust. Never throws; too deep or too long is ErrorKind::too_large,
/// anything else that is not JSON is ErrorKind::malformed with the byte offset.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Sorted keys, no blanks, UTF-8 (invalid bytes replaced). Equal values give equal bytes.
[[nodiscard]] std::string canonical_json(const Json& value);
/// `dump(indent)` of the value, where that throws for invalid bytes: they are replaced.
[[nodiscard]] std::string printed_json(const Json& value, int indent = -1);

/// "sha256:" and 64 hex digits of the canonical form.
[[nodiscard]] std::string digest(const Json& value);

/// "sha256:" and 64 hex digits of the bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// The member's string, or `fallback` where it is absent, null or not a string: for reading
/// answers that may be shaped by anybody.
[[nodiscard]] std::string string_or(const Json& object, const char* key, std::string fallback = {});
[[nodiscard]] bool bool_or(const Json& object, const char* key, bool fallback);
[[nodiscard]] std::int64_t int_or(const Json& object, const char* key, std::int64_t fallback);
/// The member, or a null value (a static one) where it is absent or `object` is no object.
[[nodiscard]] const Json& member_or_null(const Json& object, const char* key);

}  // namespace syncwright
