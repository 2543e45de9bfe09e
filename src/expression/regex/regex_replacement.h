#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expression/regex/regex_groups.h"

namespace syncwright::expression {

/// One piece of .NET's replacement text.
struct ReplacementPart {
  enum class Kind {
    literal,
    group,  ///< `$1`, `${name}`, `$&`, `$+`
    left,   ///< `` $` ``: the subject before the match
    right,  ///< `$'`: behind it
    whole,  ///< `$_`: all of the subject
  };
  Kind kind = Kind::literal;
  std::string text;                   ///< of a literal
  std::vector<std::uint32_t> places;  ///< of a group: PCRE2's numbers, as in GroupTable
};

/// A dollar sign that begins no substitution, or names a group that does not exist, stands for
/// itself.
[[nodiscard]] std::vector<ReplacementPart> read_replacement(std::string_view text,
                                                            const GroupTable& groups);

}  // namespace syncwright::expression
