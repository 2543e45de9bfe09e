#include "expression/functions/code_point.h"

#include <cstddef>
#include <cstring>

#include "syncwright/core/text.h"

namespace syncwright {

namespace {

constexpr std::uint32_t replacement_character = 0xfffd;

/// `lead` marks the first byte of a sequence, `shift` is where its own bits begin.
void append_sequence(std::string& text, std::uint32_t point, std::uint32_t lead, unsigned shift) {
  text += static_cast<char>(lead | point >> shift);
  while (shift > 0) {
    shift -= 6;
    text += static_cast<char>(0x80u | (point >> shift & 0x3fu));
  }
}

}  // namespace

bool is_ascii(std::string_view text) {
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t chunk = 0;
    std::memcpy(&chunk, text.data() + i, sizeof chunk);
    if ((chunk & 0x8080808080808080u) != 0) return false;
  }
  for (; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  }
  return true;
}

void append_utf8(std::string& text, std::uint32_t point) {
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  if (surrogate || point > 0x10ffff) point = replacement_character;
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    append_sequence(text, point, 0xc0, 6);
  } else if (point < 0x10000) {
    append_sequence(text, point, 0xe0, 12);
  } else {
    append_sequence(text, point, 0xf0, 18);
  }
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    append_utf8(valid, point.valid ? point.value : replacement_character);
    text.remove_prefix(point.length);
  }
  return valid;
}

bool is_valid_utf8(std::string_view text) {
  if (is_ascii(text)) return true;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (!point.valid) return false;
    text.remove_prefix(point.length);
  }
  return true;
}

bool is_white_space(std::uint32_t point) {
  if (point <= 0x20) return point == 0x20 || (point >= 0x09 && point <= 0x0d);
  return point == 0x85 || point == 0xa0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029 ||
         point == 0x202f || point == 0x205f || point == 0x3000;
}

}  // namespace syncwright
