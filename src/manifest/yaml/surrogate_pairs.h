#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

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

}  // namespace syncwright
