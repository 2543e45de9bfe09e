#include "manifest/yaml/text_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/text.h"

namespace syncwright {
namespace {

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0u) == 0x80u;
}

bool is_forbidden_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (is_forbidden_control(byte)) {
      return TextFault{at, fmt::format("found the control character U+{:04X}", byte)};
    }
    const CodePoint point = decode_utf8(bytes.substr(at));
    if (!point.valid) {
      return TextFault{at, fmt::format("byte 0x{:02X} is not valid UTF-8 here", byte)};
    }
    at += point.length;
  }
  return std::nullopt;
}

std::string quote_value(std::string_view value) {
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

}  // namespace syncwright
