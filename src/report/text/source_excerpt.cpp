#include "report/text/source_excerpt.h"

#include <algorithm>

#include "report/layout/text_layout.h"
#include "syncwright/core/source_range.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

/// Without the byte order mark, which no column counts.
std::string_view line_of(std::string_view source, int number) {
  remove_byte_order_mark(source);
  for (int i = 1; i < number; ++i) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (source.ends_with('\r')) source.remove_suffix(1);
  return source;
}

std::string printable(std::string_view text) {
  std::string blanks(text);
  std::replace(blanks.begin(), blanks.end(), '\t', ' ');
  return escape_terminal(blanks);
}

/// How far from the place a line that is too long is shown, in bytes.
constexpr std::size_t kBefore = 30;
/// A character takes at most so many bytes: what lies further from the place than this many bytes
/// for every column cannot be shown, and is not looked at. A line may be megabytes long.
constexpr std::size_t kBytesPerColumn = 4;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0u) == 0x80u;
}

/// The first place at or after `at`, at most `limit`, where a character starts.
std::size_t character_start(std::string_view line, std::size_t at, std::size_t limit) {
  while (at < limit && continues(line[at])) ++at;
  return at;
}

}  // namespace

SourceExcerpt excerpt(std::string_view source, const SourceRange& where, std::size_t width,
                      std::string_view ellipsis) {
  SourceExcerpt result;
  if (where.line <= 0) return result;
  std::string_view line = line_of(source, where.line);
  const std::size_t column = byte_in_line(line, where.column);
  const std::size_t reach = (width + 1) * kBytesPerColumn;
  if (line.size() - column > reach) {
    line = line.substr(0, character_start(line, column + reach, line.size()));
  }
  const std::size_t end = std::max(byte_in_line(line, where.end_column), column);
  const std::string marked = printable(line.substr(column, end - column));
  const std::string rest = printable(line.substr(column));
  const bool starts_far_off = column > reach;
  std::string prefix = starts_far_off ? std::string() : printable(line.substr(0, column));
  const bool is_too_long = display_width(prefix + rest) > width;
  if (starts_far_off || (is_too_long && display_width(prefix) > width / 2)) {
    const std::size_t begin =
        character_start(line, column > kBefore ? column - kBefore : 0, column);
    prefix = std::string(ellipsis) + printable(line.substr(begin, column - begin));
  }
  result.line = elide(prefix + rest, width, ellipsis);
  result.caret = display_width(prefix);
  // A combining mark stands in the column of its letter.
  const bool is_mark =
      !rest.empty() && display_width(rest.substr(0, decode_utf8(rest).length)) == 0;
  if (is_mark && result.caret > 0) --result.caret;
  const std::size_t room = std::max(width, result.caret + 1) - result.caret;
  result.caret_length = std::clamp<std::size_t>(display_width(marked), 1, room);
  return result;
}

}  // namespace syncwright::report
