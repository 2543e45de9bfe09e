#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace syncwright::expression {

/// Why a regular expression is refused.
struct RegexRefusal {
  std::string message;   ///< what is wrong and where in the pattern
  bool is_ours = false;  ///< .NET may take it: there is no way to carry it out here
  /// The way out.
  [[nodiscard]] std::string_view advice() const;
};

/// A regular expression of .NET, matched by PCRE2 on UTF-8 (docs/expressions.md#3.2, #5).
/// Differences of the two dialects are translated; a construct that has no translation (balancing
/// groups, right-to-left) is refused by its name. Case-sensitive, culture-invariant, unanchored.
/// Matching is bounded in steps and depth. Immutable and thread-safe; copies share the compiled
/// pattern.
class DotnetRegex {
 public:
  [[nodiscard]] static tl::expected<DotnetRegex, RegexRefusal> compile(std::string_view pattern);

  /// All of these: the error says that a bound was reached.
  [[nodiscard]] tl::expected<bool, std::string> matches(std::string_view subject) const;
  /// .NET's Regex.Replace: every match, empty ones included; `$1`, `${name}`, `$$`, `$&` and the
  /// other substitutions of .NET in `replacement`. At most `max_bytes` are made.
  [[nodiscard]] tl::expected<std::string, std::string> replace(std::string_view subject,
                                                               std::string_view replacement,
                                                               std::size_t max_bytes) const;
  /// In every match only the text that `group` (a name or number) captured is replaced, literally.
  [[nodiscard]] tl::expected<std::string, std::string> replace_group(std::string_view subject,
                                                                     std::string_view group,
                                                                     std::string_view replacement,
                                                                     std::size_t max_bytes) const;
  /// What `group` captured in the first match; "" where nothing matched or it took no part.
  [[nodiscard]] tl::expected<std::string, std::string> capture(std::string_view subject,
                                                               std::string_view group) const;
  [[nodiscard]] bool has_group(std::string_view group) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace syncwright::expression
