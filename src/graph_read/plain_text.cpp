#include "syncwright/graph_read/plain_text.h"

#include <cstdint>

namespace syncwright {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

unsigned byte_of(char character) {
  return static_cast<unsigned char>(character);
}

/// The character at the start of `text`, which is not empty.
Character first_character(std::string_view text) {
  const unsigned lead = byte_of(text[0]);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  std::uint32_t code = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_of(text[i]) & 0xc0u) != 0x80u) return {};
    code = code << 6u | (byte_of(text[i]) & 0x3fu);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (overlong || surrogate || code > 0x10ffff) return {};
  return {code, length, true};
}

/// C0, DEL, C1, the separators of lines and the marks that reorder what a terminal shows.
bool becomes_blank(std::uint32_t code) {
  return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || (code >= 0x200e && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string plain_text(std::string_view text, std::size_t max_bytes) {
  std::string plain;
  bool blank = false;
  while (!text.empty()) {
    const Character character = first_character(text);
    const std::string_view bytes = text.substr(0, character.length);
    text.remove_prefix(character.length);
    if (!character.valid) continue;
    if (becomes_blank(character.code)) {
      blank = !plain.empty();
      continue;
    }
    if (plain.size() + (blank ? 1 : 0) + bytes.size() + kCutMark.size() > max_bytes) {
      return plain.append(kCutMark);
    }
    if (blank) plain += ' ';
    blank = false;
    plain.append(bytes);
  }
  return plain;
}

std::string plain_member(const Json& object, const char* key, std::size_t max_bytes) {
  return plain_text(string_or(object, key), max_bytes);
}

}  // namespace syncwright
