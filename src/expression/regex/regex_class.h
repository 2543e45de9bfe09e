#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "expression/regex/regex_scanner.h"

namespace syncwright::expression {

/// What `\w` and its like hold in .NET, as members of a class of PCRE2.
inline constexpr std::string_view word_members = "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}";
inline constexpr std::string_view digit_members = "\\p{Nd}";
inline constexpr std::string_view space_members = "\\x{9}-\\x{d}\\x{85}\\p{Z}";

/// The class of `\d \D \s \S \w \W`, whose letter it is; empty for another letter.
[[nodiscard]] std::string shorthand_class(std::uint32_t letter);
/// `\p{...}` or `\P{...}` behind its letter, a category or a named block; empty after a fault.
[[nodiscard]] std::string property_class(RegexScanner& scanner, bool negated);
/// A class from behind its `[` to its `]`, subtraction included: a piece that matches one
/// character, good for any quantifier. Empty after a fault.
[[nodiscard]] std::string bracket_class(RegexScanner& scanner, int depth = 0);

}  // namespace syncwright::expression
