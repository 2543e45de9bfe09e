#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::manifest {

/// What stands in the place of a value that must not be shown.
inline constexpr std::string_view kHiddenText = "(secret)";

/// How deep a line stands: a tab, which no YAML indents with, is deeper than everything.
[[nodiscard]] std::size_t depth_of(const std::string& line);
[[nodiscard]] bool is_blank_line(const std::string& line);
/// Of the keys of manifests.
[[nodiscard]] bool is_word_letter(char c);

/// A place in lines that look like YAML and may be none: it reads what YAML's two styles have in
/// common, and never fails.
class YamlCursor {
 protected:
  YamlCursor(std::vector<std::string>& lines, std::size_t line) : lines_(lines), line_(line) {}

  /// A scalar to its end on this line; false where it has none, or was hidden before.
  bool read_text(std::string& text);
  /// A word, quoted or not, and its colon: the place is behind that.
  std::optional<std::string> read_key();
  /// Anchors and tags.
  void skip_properties();
  void skip_blanks();
  /// Over the lines of a flow collection; `is_at_end` where there is nothing more.
  void skip_to_text();
  /// The next line that stands deeper and holds something.
  bool enter_line_below(std::size_t depth);
  bool take(char c);

  [[nodiscard]] char peek() const { return at_ < lines_[line_].size() ? lines_[line_][at_] : '\0'; }
  [[nodiscard]] bool at_line_end() const { return peek() == '\0' || peek() == '#'; }
  [[nodiscard]] bool is_at_end() const { return at_line_end() && line_ + 1 >= lines_.size(); }

  std::vector<std::string>& lines_;
  std::size_t line_;
  std::size_t at_ = 0;
};

}  // namespace syncwright::manifest
