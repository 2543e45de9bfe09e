#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace syncwright {

[[nodiscard]] bool is_ascii(std::string_view text);
/// Appends as UTF-8; U+FFFD for what is no code point (surrogates too).
void append_utf8(std::string& text, std::uint32_t point);
/// The text with U+FFFD for each byte that is no UTF-8.
[[nodiscard]] std::string valid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// What .NET's char.IsWhiteSpace holds for white space.
[[nodiscard]] bool is_white_space(std::uint32_t point);

}  // namespace syncwright
