#include <doctest/doctest.h>

#include "syncwright/expression/lint.h"
#include "syncwright/expression/parser.h"

using namespace syncwright;
using namespace syncwright::expression;

TEST_CASE(
    "of an expression that stands alone only that is told which holds wherever it is mapped") {
  constexpr std::string_view text = "SelectUniqueValue([a], [b])";
  const auto expression = parse_expression(text);
  REQUIRE(expression.has_value());
  LintContext application;
  application.only_at_creation = true;
  CHECK_FALSE(lint(*expression, text, application).empty());
  CHECK(lint_alone(*expression, text, {}).empty());
}
