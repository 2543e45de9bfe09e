#include "syncwright/core/source_range.h"

#include <algorithm>
#include <tuple>

#include "syncwright/core/text.h"

/// A column is a count of characters from the start of the line, and a manifest may be one line of
/// eight megabytes with a hundred thousand values in it (JSON): to count anew for each would take
/// hours. So the index keeps the counts before every block, and a lookup reads one block.

namespace syncwright {
namespace {

constexpr std::size_t kBlock = 128;

bool is_later_byte(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

/// UTF-16 writes what UTF-8 needs four bytes for as a pair of surrogates.
bool starts_pair(char byte) {
  return static_cast<unsigned char>(byte) >= 0xF0u;
}

/// Of UTF-8; a character that is cut off at the end counts.
TextLength length_of(std::string_view text) {
  TextLength length;
  for (const char byte : text) {
    if (is_later_byte(byte)) continue;
    ++length.characters;
    length.utf16 += starts_pair(byte) ? 2 : 1;
  }
  return length;
}

}  // namespace

bool SourceRange::operator==(const SourceRange& other) const {
  return std::tie(file, line, column, end_column) ==
         std::tie(other.file, other.line, other.column, other.end_column);
}

SourceRange source_range(const FileName& file, const SourceSpan& span) {
  return {file, span.line, span.column, span.end_column, span.utf16, span.bytes};
}

LineIndex::LineIndex(std::string_view text, std::size_t bytes_before)
    : text_(text), bytes_before_(bytes_before), line_starts_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
    line_starts_.push_back(++at);
  }
  TextLength before;
  before_block_.reserve(text.size() / kBlock + 1);
  for (std::size_t at = 0; at <= text.size(); at += kBlock) {
    before_block_.push_back(before);
    const TextLength block = length_of(text.substr(at, kBlock));
    before.characters += block.characters;
    before.utf16 += block.utf16;
  }
}

TextLength LineIndex::length_before(std::size_t offset) const {
  const std::size_t block = offset / kBlock;
  TextLength length = before_block_[block];
  const TextLength rest = length_of(text_.substr(block * kBlock, offset - block * kBlock));
  length.characters += rest.characters;
  length.utf16 += rest.utf16;
  return length;
}

SourceSpan LineIndex::span(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  while (begin > 0 && begin < text_.size() && is_later_byte(text_[begin])) --begin;
  const auto next_line = std::upper_bound(line_starts_.begin(), line_starts_.end(), begin);
  const std::size_t line_start = *(next_line - 1);
  std::size_t line_end = next_line == line_starts_.end() ? text_.size() : *next_line - 1;
  if (line_end > line_start && text_[line_end - 1] == '\r') --line_end;
  const TextLength of_line = length_before(line_start);
  const TextLength of_begin = length_before(begin);
  SourceSpan span;
  span.line = static_cast<int>(next_line - line_starts_.begin());
  span.column = static_cast<int>(of_begin.characters - of_line.characters) + 1;
  span.utf16.column = static_cast<int>(of_begin.utf16 - of_line.utf16) + 1;
  span.bytes.offset = static_cast<int>(bytes_before_ + begin);
  end = std::min(end, line_end);
  while (end < line_end && is_later_byte(text_[end])) ++end;
  if (end <= begin) return span;
  const TextLength of_end = length_before(end);
  span.end_column = static_cast<int>(of_end.characters - of_line.characters) + 1;
  span.utf16.end_column = static_cast<int>(of_end.utf16 - of_line.utf16) + 1;
  span.bytes.length = static_cast<int>(end - begin);
  return span;
}

SourceSpan position_behind(const SourceSpan& start, std::string_view text) {
  const TextLength length = length_of(text);
  SourceSpan behind = start;
  behind.column += static_cast<int>(length.characters);
  behind.utf16.column += static_cast<int>(length.utf16);
  behind.end_column = behind.utf16.end_column = 0;
  behind.bytes = {start.bytes.offset + static_cast<int>(text.size()), 0};
  return behind;
}

SourceSpan span_of(const SourceSpan& start, std::string_view text) {
  const SourceSpan behind = position_behind(start, text);
  SourceSpan span = position_behind(start, {});
  if (text.empty()) return span;
  span.end_column = behind.column;
  span.utf16.end_column = behind.utf16.column;
  span.bytes.length = static_cast<int>(text.size());
  return span;
}

std::size_t byte_in_line(std::string_view line, int column) {
  std::size_t at = 0;
  for (int before = 1; before < column && at < line.size(); ++before) {
    at += decode_utf8(line.substr(at)).length;
  }
  return at;
}

std::size_t remove_byte_order_mark(std::string_view& text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (!text.starts_with(mark)) return 0;
  text.remove_prefix(mark.size());
  return mark.size();
}

}  // namespace syncwright
