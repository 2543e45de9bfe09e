#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "syncwright/expression/expression.h"
#include "syncwright/expression/lint.h"

namespace syncwright {

/// An expression as people write it, in a manifest or on a command line. The finding is what keeps
/// the text from being one: SW3002 of the whole text, which is too long, or SW3001 at the first
/// byte that does not fit.
[[nodiscard]] tl::expected<Expression, LintFinding> read_expression(std::string_view text);

}  // namespace syncwright
