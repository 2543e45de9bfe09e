#include "syncwright/core/utf8.h"

#include <array>

namespace syncwright {

namespace {

/// How a code point of so many bytes starts, and the least value that needs them.
struct Form {
  std::uint8_t mask;
  std::uint8_t lead;
  std::size_t length;
  std::uint32_t least;
};

constexpr std::array forms{
    Form{0x80, 0x00, 1, 0x0},
    Form{0xe0, 0xc0, 2, 0x80},
    Form{0xf0, 0xe0, 3, 0x800},
    Form{0xf8, 0xf0, 4, 0x10000},
};

CodePoint decode_form(std::string_view text, const Form& form) {
  if (text.size() < form.length) return {};
  const auto byte_at = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  std::uint32_t value = byte_at(0) & static_cast<std::uint8_t>(~form.mask);
  for (std::size_t i = 1; i < form.length; ++i) {
    if ((byte_at(i) & 0xc0u) != 0x80u) return {};
    value = (value << 6u) | (byte_at(i) & 0x3fu);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < form.least || value > 0x10ffff || surrogate) return {};
  return {value, form.length, true};
}

}  // namespace

CodePoint decode_utf8(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  for (const Form& form : forms) {
    if ((first & form.mask) == form.lead) return decode_form(text, form);
  }
  return {};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    if (!point.valid) return at;
    at += point.length;
  }
  return std::nullopt;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode_utf8(text).length);
  return count;
}

}  // namespace syncwright
