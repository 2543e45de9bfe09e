#include "syncwright/report/expression_text.h"

#include <doctest/doctest.h>

using namespace syncwright;

TEST_CASE("a caret under the fault of an expression") {
  const ExpressionFault fault{"SW3001", "a second argument is missing", "write Left([mail], 3)",
                              11};
  CHECK(render_expression_fault(fault, "Left([mail])", Style{}) ==
        "expression:1:12: error[SW3001]: a second argument is missing\n"
        "     1 | Left([mail])\n"
        "       |            ^\n"
        "       = write Left([mail], 3)\n");
}

TEST_CASE("a failed evaluation has neither code nor advice; the line of several is shown") {
  CHECK(render_expression_fault({{}, "Mid: 0 is no start", {}, 9}, "Append(\n  Mid([a], 0))",
                                Style{}) ==
        "expression:2:2: error: Mid: 0 is no start\n"
        "     2 |   Mid([a], 0))\n"
        "       |  ^\n");
}

TEST_CASE("the end of the text, and beyond it") {
  for (const std::size_t offset : {std::size_t{4}, std::size_t{400}}) {
    CHECK(render_expression_fault({"SW3001", "ended", {}, offset}, "Left", Style{}) ==
          "expression:1:5: error[SW3001]: ended\n"
          "     1 | Left\n"
          "       |     ^\n");
  }
  CHECK(render_expression_fault({"SW3001", "empty", {}, 0}, "", Style{}) ==
        "expression:1:1: error[SW3001]: empty\n");
}
