#include <doctest/doctest.h>

#include "syncwright/report/diagnostic_text.h"

using namespace syncwright;
using namespace syncwright::report;

namespace {

std::string rendered(Code code, const char* message, const char* advice,
                     std::string_view expression, std::size_t offset) {
  Diagnostics diagnostics;
  diagnostics.add(
      {code, Severity::error, message, advice, place_in_expression(expression, offset)});
  return render_expression_diagnostics(diagnostics, expression, Style{});
}

}  // namespace

TEST_CASE("a caret under the fault of an expression") {
  CHECK(rendered(Code::SW3001, "a second argument is missing", "write Left([mail], 3)",
                 "Left([mail])", 11) ==
        "expression:1:12: error[SW3001]: a second argument is missing\n"
        "     1 | Left([mail])\n"
        "       |            ^\n"
        "       = write Left([mail], 3)\n");
}

TEST_CASE("a failed evaluation has neither code nor advice; the line of several is shown") {
  CHECK(rendered(Code::none, "Mid: 0 is no start", "", "Append(\n  Mid([a], 0))", 9) ==
        "expression:2:2: error: Mid: 0 is no start\n"
        "     2 |   Mid([a], 0))\n"
        "       |  ^\n");
}

TEST_CASE("the end of the text, and beyond it") {
  for (const std::size_t offset : {std::size_t{4}, std::size_t{400}}) {
    CHECK(rendered(Code::SW3001, "ended", "", "Left", offset) ==
          "expression:1:5: error[SW3001]: ended\n"
          "     1 | Left\n"
          "       |     ^\n");
  }
  CHECK(rendered(Code::SW3001, "empty", "", "", 0) == "expression:1:1: error[SW3001]: empty\n");
}

TEST_CASE("warnings stand below each other, each with its caret") {
  Diagnostics diagnostics;
  diagnostics.add({Code::SW3109, Severity::warning, "spelled ToLower", "",
                   place_in_expression("tolower([a])", 0)});
  diagnostics.add({Code::SW3120, Severity::warning, "may be empty", "",
                   place_in_expression("tolower([a])", 8)});
  CHECK(render_expression_diagnostics(diagnostics, "tolower([a])", Style{}) ==
        "expression:1:1: warning[SW3109]: spelled ToLower\n"
        "     1 | tolower([a])\n"
        "       | ^\n"
        "expression:1:9: warning[SW3120]: may be empty\n"
        "     1 | tolower([a])\n"
        "       |         ^\n");
}
