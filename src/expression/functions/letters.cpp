#include "expression/functions/letters.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

namespace syncwright::expression {

namespace {

constexpr std::uint32_t capital_dotted_i = 0x130;
constexpr std::uint32_t small_dotless_i = 0x131;

/// .NET's invariant culture leaves the two special letters of Turkish alone.
std::uint32_t invariant_lower(std::uint32_t point) {
  if (point == capital_dotted_i) return point;
  return static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(point)));
}

std::uint32_t invariant_upper(std::uint32_t point) {
  if (point == small_dotless_i) return point;
  return static_cast<std::uint32_t>(u_toupper(static_cast<UChar32>(point)));
}

std::uint32_t invariant_title(std::uint32_t point) {
  if (point == small_dotless_i) return point;
  return static_cast<std::uint32_t>(u_totitle(static_cast<UChar32>(point)));
}

std::string map_ascii(std::string_view text, char (*mapping)(char)) {
  std::string mapped(text);
  std::transform(mapped.begin(), mapped.end(), mapped.begin(), mapping);
  return mapped;
}

/// Each code point through `mapping`, in order; other bytes stay.
template <class Mapping>
std::string map_points(std::string_view text, Mapping mapping) {
  std::string mapped;
  mapped.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.valid) {
      append_utf8(mapped, mapping(point.value));
    } else {
      mapped += text.front();
    }
    text.remove_prefix(point.length);
  }
  return mapped;
}

bool is_turkic(std::string_view culture) {
  const std::string language =
      map_ascii(culture.substr(0, culture.find_first_of("-_")), ascii::lower);
  return language == "tr" || language == "az";
}

/// The categories that end a word for ToTitleCase. Digits and marks are not among them.
bool separates_words(std::uint32_t point) {
  constexpr std::uint32_t separators =
      U_GC_ME_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK | U_GC_P_MASK | U_GC_S_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(point)) & separators) != 0;
}

std::size_t units_of(const CodePoint& point) {
  return point.valid && point.value > 0xffff ? 2 : 1;
}

}  // namespace

std::string to_lower(std::string_view text, std::string_view culture) {
  const bool turkic = is_turkic(culture);
  if (!turkic && is_ascii(text)) return map_ascii(text, ascii::lower);
  return map_points(text, [turkic, invariant = culture.empty()](std::uint32_t point) {
    if (turkic && point == 'I') return small_dotless_i;
    if (!invariant && point == capital_dotted_i) return std::uint32_t{'i'};
    return invariant_lower(point);
  });
}

std::string to_upper(std::string_view text, std::string_view culture) {
  const bool turkic = is_turkic(culture);
  if (!turkic && is_ascii(text)) return map_ascii(text, ascii::upper);
  return map_points(text, [turkic, invariant = culture.empty()](std::uint32_t point) {
    if (turkic && point == 'i') return capital_dotted_i;
    if (!invariant && point == small_dotless_i) return std::uint32_t{'I'};
    return invariant_upper(point);
  });
}

std::string title_case(std::string_view text) {
  bool in_word = false;
  return map_points(text, [&in_word](std::uint32_t point) {
    if (in_word) {
      in_word = point == '\'' || !separates_words(point);
      return invariant_lower(point);
    }
    in_word = (U_GET_GC_MASK(static_cast<UChar32>(point)) & U_GC_L_MASK) != 0;
    return in_word ? invariant_title(invariant_lower(point)) : invariant_lower(point);
  });
}

std::string capitalize_words(std::string_view text, std::string_view separators) {
  std::vector<std::uint32_t> marks;
  while (!separators.empty()) {
    const CodePoint point = decode_utf8(separators);
    if (point.valid) marks.push_back(point.value);
    separators.remove_prefix(point.length);
  }
  bool starts_word = true;
  return map_points(text, [&](std::uint32_t point) {
    const std::uint32_t mapped =
        starts_word ? invariant_title(invariant_lower(point)) : invariant_lower(point);
    starts_word = std::find(marks.begin(), marks.end(), point) != marks.end();
    return mapped;
  });
}

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return map_ascii(text, ascii::lower);
  return map_points(text, [](std::uint32_t point) {
    return static_cast<std::uint32_t>(u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT));
  });
}

std::string trim(std::string_view text) {
  std::size_t first = std::string_view::npos;
  std::size_t last = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text.substr(i));
    const std::size_t next = i + point.length;
    if (!point.valid || !is_white_space(point.value)) {
      first = std::min(first, i);
      last = next;
    }
    i = next;
  }
  return first == std::string_view::npos ? std::string{}
                                         : std::string(text.substr(first, last - first));
}

std::size_t length_of(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t units = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    units += units_of(point);
    text.remove_prefix(point.length);
  }
  return units;
}

std::string_view slice(std::string_view text, std::size_t start, std::size_t count) {
  if (is_ascii(text)) return text.substr(std::min(start, text.size()), count);
  const std::size_t most = std::numeric_limits<std::size_t>::max();
  const std::size_t end = count > most - start ? most : start + count;
  std::size_t first = text.size();
  std::size_t last = 0;
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size() && units < end;) {
    const CodePoint point = decode_utf8(text.substr(i));
    const std::size_t behind = units + units_of(point);
    if (units >= start) first = std::min(first, i);
    if (behind <= end) last = i + point.length;
    units = behind;
    i += point.length;
  }
  return first < last ? text.substr(first, last - first) : std::string_view{};
}

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

}  // namespace syncwright::expression
