#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/code.h"

namespace syncwright::expression {

/// What a regular expression that compiles probably does not mean. `code` is one of the diagnostic
/// catalog.
struct RegexSuspicion {
  Code code = Code::none;
  std::string message;
  std::string advice;
};

/// Each kind once: a quantifier taken for a character (SW3118), a dot of a domain that stands for
/// any character (SW3119), a pattern that can never match (SW3125). In doubt nothing is said.
[[nodiscard]] std::vector<RegexSuspicion> regex_suspicions(std::string_view pattern);

}  // namespace syncwright::expression
