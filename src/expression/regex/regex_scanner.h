#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/dotnet_regex.h"

namespace syncwright::expression {

/// The digits of `{2}`, `{2,}` (`most` is "" then) or `{2,5}`.
struct RegexCounts {
  std::string least;
  std::optional<std::string> most;
};

/// A pattern of .NET, read from the left. A step that finds a fault remembers the first one and
/// gives false or nullopt.
class RegexScanner {
 public:
  explicit RegexScanner(std::string_view pattern);

  [[nodiscard]] bool at_end() const { return at_ == points_.size(); }
  /// 0 behind the end.
  [[nodiscard]] std::uint32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < points_.size() ? points_[at_ + ahead] : 0;
  }
  [[nodiscard]] std::size_t position() const { return at_; }
  void move_to(std::size_t position) { at_ = position; }
  std::uint32_t next() { return points_[at_++]; }
  bool take(char expected);
  bool take(std::string_view expected);

  /// Digits and the characters of a name; empty where none stand here.
  std::string digits();
  std::string name();
  /// nullopt where the braces are no quantifier; the position is undetermined then.
  std::optional<RegexCounts> counts();
  /// What a backslash (already taken) and the next characters stand for: `n`, `x41`, `u0041`, `cA`,
  /// octal digits, or a character that means only itself.
  std::optional<std::uint32_t> character_escape();
  /// The name between the braces of `\p{...}`, from the opening one.
  std::optional<std::string> property();

  bool fail(std::size_t position, std::string_view what);
  /// The same of something that .NET takes and that cannot be carried out here.
  bool cannot(std::size_t position, std::string_view what);
  [[nodiscard]] bool failed() const { return !refusal_.message.empty(); }
  /// "... at character 5". REQUIRES: it failed.
  [[nodiscard]] const RegexRefusal& refusal() const { return refusal_; }

 private:
  std::optional<std::uint32_t> hex(std::size_t count);
  std::optional<std::uint32_t> utf16_escape();
  std::optional<std::uint32_t> control();
  std::uint32_t octal();

  std::vector<std::uint32_t> points_;
  std::size_t at_ = 0;
  RegexRefusal refusal_;
};

[[nodiscard]] bool is_regex_digit(std::uint32_t point);
/// A character of names; everything beyond ASCII counts.
[[nodiscard]] bool is_regex_word(std::uint32_t point);
/// Appends the character so that PCRE2 takes it for itself, in classes too.
void append_regex_literal(std::string& pattern, std::uint32_t point);

}  // namespace syncwright::expression
