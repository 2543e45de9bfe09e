#include "syncwright/expression/read_expression.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/expression/parser.h"

namespace syncwright {

tl::expected<Expression, LintFinding> read_expression(std::string_view text) {
  const std::size_t characters = character_count(text);
  if (characters > kMaxExpressionCharacters) {
    return tl::unexpected(
        LintFinding{Code::SW3002, 0,
                    fmt::format("{} characters, {} at most", characters, kMaxExpressionCharacters),
                    "fill an extension attribute with the result and map that"});
  }
  auto expression = parse_expression(text);
  if (expression) return std::move(*expression);
  ExpressionError& error = expression.error();
  return tl::unexpected(
      LintFinding{Code::SW3001, error.offset, std::move(error.message), std::move(error.advice)});
}

}  // namespace syncwright
