#include "text_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace syncwright {
namespace {

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0u) == 0x80u;
}

bool is_forbidden_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

/// Bytes of the character that starts at `at`; 0 where it is not UTF-8: too short, overlong, a
/// surrogate, or above U+10FFFF.
std::size_t character_length(std::string_view bytes, std::size_t at) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > bytes.size()) return 0;
  std::uint32_t point = first & (0xFFu >> (length + 1));
  for (std::size_t index = 1; index < length; ++index) {
    const auto byte = static_cast<unsigned char>(bytes[at + index]);
    if (!is_continuation(byte)) return 0;
    point = point << 6u | (byte & 0x3Fu);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return overlong || surrogate || point > 0x10FFFF ? 0 : length;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (is_forbidden_control(byte)) {
      return TextFault{at, fmt::format("found the control character U+{:04X}", byte)};
    }
    const std::size_t length = character_length(bytes, at);
    if (length == 0) {
      return TextFault{at, fmt::format("byte 0x{:02X} is not valid UTF-8 here", byte)};
    }
    at += length;
  }
  return std::nullopt;
}

std::string shown(std::string_view value) {
  constexpr std::size_t longest = 60;
  std::string text(value.substr(0, longest));
  if (value.size() > longest) {
    while (!text.empty() && is_continuation(static_cast<unsigned char>(value[text.size()]))) {
      text.pop_back();
    }
    text += "...";
  }
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return fmt::format("`{}`", text);
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return !is_continuation(static_cast<unsigned char>(c));
  }));
}

}  // namespace syncwright
