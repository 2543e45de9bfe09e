#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/shared_text.h"

namespace syncwright {

/// Columns as SARIF and the language server protocol count them: in UTF-16 code units, of which an
/// emoji takes two. From 1; `end_column` is one past the last unit, 0 for a single position.
struct Utf16Columns {
  int column = 0;  ///< 0: not known
  int end_column = 0;
};

/// Bytes of the whole file, its byte order mark among them. No file that is pointed into has 2 GiB.
struct ByteRange {
  int offset = 0;
  int length = 0;  ///< 0: a single position
};

/// A place in one text, on one line: lines and columns count from 1, columns in characters (Unicode
/// code points, so that a tab and a combining mark are one each); 0 = unknown. `end_column` is one
/// past the last character; 0 = a single position. `utf16` and `bytes` are the same place for those
/// who count otherwise, known where `utf16.column` is not 0: a place that was read from a plan
/// file, say, has the columns alone.
struct SourceSpan {
  int line = 0;
  int column = 0;
  int end_column = 0;
  Utf16Columns utf16{};
  ByteRange bytes{};
};

/// A SourceSpan of a file that the user wrote. `file` is as the user would name it (relative to the
/// working folder or the project's root); empty: no file.
struct SourceRange {
  FileName file;
  int line = 0;
  int column = 0;
  int end_column = 0;
  Utf16Columns utf16{};
  ByteRange bytes{};

  /// By what users are shown: the other two ways to count follow from the text.
  bool operator==(const SourceRange& other) const;
};

[[nodiscard]] SourceRange source_range(const FileName& file, const SourceSpan& span);

/// How long a text is beside its bytes.
struct TextLength {
  std::size_t characters = 0;
  std::size_t utf16 = 0;  ///< code units
};

/// Turns byte offsets of a text into places. All places of files come from here, and from
/// `position_behind` within a scalar: nothing else counts columns. Built in one pass; a lookup
/// costs no more on a line of megabytes.
class LineIndex {
 public:
  /// `text` outlives the index. `bytes_before`: of the file, which `text` lacks (a byte order
  /// mark).
  explicit LineIndex(std::string_view text, std::size_t bytes_before = 0);
  /// From `begin` to `end`, in whole characters, clipped to the first line; a single position where
  /// `end` <= `begin`.
  [[nodiscard]] SourceSpan span(std::size_t begin, std::size_t end) const;

 private:
  [[nodiscard]] TextLength length_before(std::size_t offset) const;

  std::string_view text_;
  std::size_t bytes_before_;
  std::vector<std::size_t> line_starts_;
  std::vector<TextLength> before_block_;  ///< of what stands before each kBlock bytes of the text
};

/// The single position behind `text`, which stands byte by byte on one line from `start` on.
[[nodiscard]] SourceSpan position_behind(const SourceSpan& start, std::string_view text);
/// The place of `text` itself; the single position where it is empty.
[[nodiscard]] SourceSpan span_of(const SourceSpan& start, std::string_view text);

/// Bytes of `line` before its character in `column`, which may lie behind the end: for a place that
/// is looked up again in its line.
[[nodiscard]] std::size_t byte_in_line(std::string_view line, int column);

/// Takes the UTF-8 byte order mark off, which editors of Windows put before a text and no column
/// counts. Returns how many bytes that were.
std::size_t remove_byte_order_mark(std::string_view& text);

/// The text of a file that diagnostics point into, for printing the line and a caret below it.
/// `file` is spelled as in SourceRange. Values that may be secrets are already replaced by
/// "(secret)".
struct SourceText {
  std::string file;
  std::string text;
};

}  // namespace syncwright
