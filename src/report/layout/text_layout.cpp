#include "report/layout/text_layout.h"

#include <algorithm>
#include <array>

#include "syncwright/core/text.h"

namespace syncwright::report {

namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// The blocks that occur in names; not the whole of Unicode's tables.
constexpr std::array combining{Range{0x0300, 0x036f}, Range{0x1ab0, 0x1aff}, Range{0x1dc0, 0x1dff},
                               Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}};
constexpr std::array wide{Range{0x1100, 0x115f},  Range{0x2e80, 0x303e}, Range{0x3041, 0xa4cf},
                          Range{0xac00, 0xd7a3},  Range{0xf900, 0xfaff}, Range{0xfe30, 0xfe6f},
                          Range{0xff00, 0xff60},  Range{0xffe0, 0xffe6}, Range{0x1f300, 0x1faff},
                          Range{0x20000, 0x3fffd}};

template <std::size_t size>
bool contains(const std::array<Range, size>& ranges, std::uint32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [value](const Range& range) {
    return value >= range.first && value <= range.last;
  });
}

std::size_t columns_of(const CodePoint& point) {
  if (contains(combining, point.value)) return 0;
  return contains(wide, point.value) ? 2 : 1;
}

/// How many bytes at the start of `text` are a colour: ESC [ ... m.
std::size_t length_of_paint(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const std::size_t end = text.find('m');
  return end == std::string_view::npos ? 0 : end + 1;
}

/// Columns of a text with colours in it.
std::size_t painted_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t paint = length_of_paint(text);
    const CodePoint point = decode_utf8(text);
    if (paint == 0) width += columns_of(point);
    text.remove_prefix(paint > 0 ? paint : point.length);
  }
  return width;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    width += columns_of(point);
    text.remove_prefix(point.length);
  }
  return width;
}

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  std::string padded(text);
  if (own < width) padded.append(width - own, ' ');
  return padded;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      lines.emplace_back();
      used = 0;
    } else if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += columns;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string wrap_painted(std::string_view line, std::size_t width, std::size_t indent) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const std::string further(begin + indent, ' ');
  std::string text;
  std::size_t used = 0;
  bool has_word = false;
  while (!line.empty()) {
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(blanks);
    const std::string_view word = line.substr(0, line.find(' '));
    if (word.empty()) break;
    line.remove_prefix(word.size());
    const std::size_t columns = painted_width(word);
    if (has_word && columns > 0 && used + blanks + columns > width) {
      text += '\n' + further;
      used = further.size();
    } else {
      text.append(blanks, ' ');
      used += blanks;
    }
    text += word;
    used += columns;
    has_word = has_word || columns > 0;
  }
  return text;
}

std::string elide(std::string_view text, std::size_t width, std::string_view ellipsis) {
  if (display_width(text) <= width) return std::string(text);
  const std::size_t mark = display_width(ellipsis);
  std::string kept;
  std::size_t used = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    used += columns_of(point);
    if (used + mark > width) break;
    kept += text.substr(0, point.length);
    text.remove_prefix(point.length);
  }
  if (mark <= width) kept += ellipsis;
  return kept;
}

}  // namespace syncwright::report
