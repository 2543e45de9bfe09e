#include "syncwright/report/escape.h"

#include <fmt/format.h>

#include "syncwright/core/text.h"

namespace syncwright::report {

namespace {

/// C0, DEL and C1 steer a terminal.
bool is_control(std::uint32_t value) {
  return value < 0x20 || (value >= 0x7f && value <= 0x9f);
}

/// Zero-width and bidirectional characters show something else than what is there ("Trojan
/// Source").
bool is_deceptive(std::uint32_t value) {
  return (value >= 0x200b && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e) ||
         (value >= 0x2060 && value <= 0x206f) || value == 0xfeff || value == 0x061c ||
         (value >= 0xe0000 && value <= 0xe007f);
}

void append_escape(std::string& text, std::uint32_t value) {
  switch (value) {
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    default:
      break;
  }
  const char* form = value < 0x80 ? "\\x{:02x}" : value < 0x10000 ? "\\u{:04x}" : "\\U{:08x}";
  text += fmt::format(fmt::runtime(form), value);
}

}  // namespace

std::string escape_terminal(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (!point.valid) {
      escaped += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (is_control(point.value) || is_deceptive(point.value)) {
      append_escape(escaped, point.value);
    } else {
      escaped += text.substr(0, point.length);
    }
    text.remove_prefix(point.length);
  }
  return escaped;
}

}  // namespace syncwright::report
