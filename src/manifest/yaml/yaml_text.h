#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::manifest {

/// Why a file's bytes are no text, and at which of them.
struct TextFault {
  std::size_t offset = 0;
  std::string message;
};

/// UTF-8 without NUL and other control characters but tab, LF and CR (YAML 1.2, 5.1). nullopt: a
/// text.
[[nodiscard]] std::optional<TextFault> find_text_fault(std::string_view bytes);

/// A value as a message may show it: in backticks, shortened, control characters as blanks.
[[nodiscard]] std::string quote_value(std::string_view value);

/// A text as yaml-cpp reads it. JSON writes a character beyond U+FFFF as two escapes (\ud83c\udf89,
/// RFC 8259, 7), of which YAML refuses each: they become YAML's own one, \U0001F389. Which shortens
/// the text, so offsets in it are led back to where they stand in the file.
class JoinedPairs {
 public:
  /// `is_json`: a backslash only stands within quotes. Any other text stays as it is: there the
  /// same letters may be a text of their own.
  JoinedPairs(std::string_view text, bool is_json);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// The offset in the original text of what stands at `offset` of `text()`.
  [[nodiscard]] std::size_t original(std::size_t offset) const;

 private:
  std::string text_;
  std::vector<std::size_t> joined_;  ///< in `text_`, the offset of each escape that was two
};

/// Where a flow collection goes too deep.
struct DeepFlow {
  std::size_t end;      ///< one past the bracket that goes too deep
  std::string closing;  ///< the brackets that close all that are open there
};

/// Where `[` and `{` of a YAML text nest deeper than `max_depth`; nullopt where none does. One pass
/// over the text. Block collections do not count. Brackets are told from characters of a text as
/// YAML does, but for multi-line plain scalars in odd places, where a text may be taken for
/// brackets.
[[nodiscard]] std::optional<DeepFlow> find_deep_flow(std::string_view text, int max_depth);

}  // namespace syncwright::manifest
