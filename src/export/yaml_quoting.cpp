#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "export/yaml_writer.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

namespace syncwright::exporting {
namespace {

bool lies_between(std::uint32_t point, std::uint32_t first, std::uint32_t last) {
  return point >= first && point <= last;
}

/// Beyond ASCII: no control or format character, line break, unusual blank, private or missing one.
bool is_printable(std::uint32_t point) {
  if (point < 0xA1 || point > 0x1FFFF || point % 0x10000 >= 0xFFFE) return false;
  if (lies_between(point, 0x2000, 0x206F)) return lies_between(point, 0x2010, 0x2027);
  return point != 0xAD && point != 0x61C && point != 0x1680 && point != 0x180E && point != 0x3000 &&
         point != 0xFEFF && !lies_between(point, 0xD800, 0xF8FF) &&
         !lies_between(point, 0xFDD0, 0xFDEF) && !lies_between(point, 0xFE00, 0xFE0F) &&
         !lies_between(point, 0xFFF0, 0xFFFD);
}

/// Words that some reader takes for a boolean, null or number.
bool is_meant_otherwise(std::string_view text) {
  constexpr std::array<std::string_view, 11> words{"yes",  "no",    "on",   "off", "y",  "n",
                                                   "true", "false", "null", "nan", "inf"};
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(words.begin(), words.end(), lower) != words.end();
}

bool is_plain_character(std::string_view rest) {
  const char c = rest.front();
  if (ascii::is_letter(c) || ascii::is_digit(c)) return true;
  constexpr std::string_view harmless = "_-./@+=()&;*!'$%^~|<>";
  if (harmless.find(c) != std::string_view::npos) return true;
  // Ends a key, or starts one in a one-line mapping, unless a letter, digit or slash follows.
  if (c == ':')
    return rest.size() > 1 &&
           (ascii::is_letter(rest[1]) || ascii::is_digit(rest[1]) || rest[1] == '/');
  return c == ' ' && rest.size() > 1;
}

/// Stricter than YAML: what begins with a digit or a sign may be a number or a date to another
/// reader.
bool is_plain(std::string_view text) {
  if (text.empty()) return false;
  if (is_guid(text)) return true;
  const char first = text.front();
  const bool ascii = static_cast<unsigned char>(first) < 0x80;
  if (ascii && !ascii::is_letter(first) && first != '_' && first != '/') return false;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const CodePoint point = decode_utf8(rest);
    if (!point.valid) return false;
    if (point.value < 0x80 ? !is_plain_character(rest) : !is_printable(point.value)) return false;
    at += point.length;
  }
  return !is_meant_otherwise(text);
}

std::string escape(const CodePoint& point) {
  switch (point.value) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  if (point.value < 0x100) return fmt::format("\\x{:02X}", point.value);
  return point.value < 0x10000 ? fmt::format("\\u{:04X}", point.value)
                               : fmt::format("\\U{:08X}", point.value);
}

bool stands_for_itself(const CodePoint& point) {
  return point.valid && (point.value < 0x80 ? point.value >= 0x20 && point.value != 0x7F
                                            : is_printable(point.value));
}

std::string in_double_quotes(std::string_view text) {
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text.substr(at));
    if (point.value == '"' || point.value == '\\') result += '\\';
    if (stands_for_itself(point)) {
      result += text.substr(at, point.length);
    } else {
      if (!point.valid) point.value = 0xFFFD;
      result += escape(point);
    }
    at += point.length;
  }
  return result + "\"";
}

std::string in_single_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c;
    if (c == '\'') result += c;
  }
  return result + "'";
}

/// Single quotes know no escapes: every character must stand for itself.
bool reads_better_in_single_quotes(std::string_view text) {
  if (text.find_first_of("\"\\") == std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    if (!stands_for_itself(point)) return false;
    at += point.length;
  }
  return true;
}

}  // namespace

std::string printable_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    result += stands_for_itself(point) ? text.substr(at, point.length) : " ";
    at += point.length;
  }
  return result;
}

std::string yaml_scalar(std::string_view text, bool quoted) {
  if (!quoted && is_plain(text)) return std::string(text);
  return reads_better_in_single_quotes(text) ? in_single_quotes(text) : in_double_quotes(text);
}

}  // namespace syncwright::exporting
