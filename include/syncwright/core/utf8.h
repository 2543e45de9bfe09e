#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace syncwright {

/// One code point at the start of a text; `valid` is false where the first byte starts none (RFC
/// 3629: overlong forms, surrogates and the end of the text included), and `length` is 1 then.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// REQUIRES: `text` is not empty.
[[nodiscard]] CodePoint decode_utf8(std::string_view text);

/// The first byte that starts no code point; nullopt: the whole text is UTF-8.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Code points; a byte that starts none counts as one.
[[nodiscard]] std::size_t character_count(std::string_view text);

}  // namespace syncwright
