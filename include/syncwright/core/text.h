#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Text as people and machines write it: its characters in UTF-8, the spelling of an id, and the
/// word that a misspelt one was meant to be. ASCII alone is in core/ascii.h.
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

/// What stands before, between and behind the line feeds; of an empty text one empty line.
[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

/// "1 part", "2 parts": how every count is said, of a noun whose plural ends in s.
[[nodiscard]] std::string count_words(std::size_t count, std::string_view noun);

/// 8-4-4-4-12 hexadecimal digits, small or capital: how Graph spells the ids of objects and of
/// application templates. Text of this shape is looked up by id and not by display name.
[[nodiscard]] bool is_guid(std::string_view text);

/// The candidate that `word` was probably meant to be: within an edit distance of a third of its
/// length (at least 1), without regard to case; empty where none is near.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// "did you mean `x`?" for the nearest candidate, else empty.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace syncwright
