#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "expression/regex/regex_groups.h"
#include "syncwright/expression/dotnet_regex.h"

// .NET and PCRE2 agree on most patterns and differ in silence on the rest: what `\d`, `\w` and `\b`
// hold for a character, where `$` may match, what a class subtracts, how named groups are numbered,
// what an escape of three digits is. A pattern that is passed on as it stands mostly works, and
// then takes the wrong people into scope. So every construct is read by .NET's grammar and written
// anew for PCRE2, and what cannot be said there is refused by name.

namespace syncwright::expression {

/// A pattern of .NET in PCRE2's language, for PCRE2_UTF, PCRE2_ALT_CIRCUMFLEX and newline LF. Every
/// group of it is numbered from left to right; `groups` knows what .NET calls them.
struct TranslatedRegex {
  std::string pattern;
  GroupTable groups;
};

/// The whole syntax of .NET without options given from outside. What .NET would refuse is refused,
/// PCRE2's own extensions with it; so is what cannot be said in PCRE2 (balancing groups, `\G`,
/// halves of surrogate pairs). The error names the construct and the character where it begins,
/// counted from 1. Nesting is bounded. REQUIRES: valid UTF-8.
[[nodiscard]] tl::expected<TranslatedRegex, RegexRefusal> translate_regex(std::string_view pattern);

}  // namespace syncwright::expression
