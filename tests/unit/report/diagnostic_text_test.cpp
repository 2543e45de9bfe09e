#include "syncwright/report/diagnostic_text.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::report;

namespace {

const SourceLookup no_source = [](const std::string&) { return std::string_view(); };

std::string rendered(const SourceRange& where, std::string_view source, int width = 100) {
  Diagnostics diagnostics;
  diagnostics.add(
      {Code::SW1001, Severity::error, "unknown key `galery`", "did you mean `gallery`?", where});
  Style style;
  style.width = width;
  return render_diagnostics(diagnostics, [source](const std::string&) { return source; }, style);
}

}  // namespace

TEST_CASE("a diagnostic shows its line, points into it and says the way out") {
  CHECK(rendered({"manifests/a.yaml", 2, 3, 9}, "spec:\n  galery: Salesforce\r\n") ==
        "manifests/a.yaml:2:3: error[SW1001]: unknown key `galery`\n"
        "     2 |   galery: Salesforce\n"
        "       |   ^^^^^^\n"
        "       = did you mean `gallery`?\n");
}

TEST_CASE("the mark stands under the place whatever stands before it") {
  CHECK(rendered({"a.yaml", 1, 8, 10}, "\t\"Zo\xc3\xab\": x y\n") ==
        "a.yaml:1:8: error[SW1001]: unknown key `galery`\n"
        "     1 |  \"Zo\xc3\xab\": x y\n"
        "       |        ^^\n"
        "       = did you mean `gallery`?\n");
  CHECK(rendered({"a.yaml", 1, 99, 0}, "short") ==
        "a.yaml:1:99: error[SW1001]: unknown key `galery`\n"
        "     1 | short\n"
        "       |      ^\n"
        "       = did you mean `gallery`?\n");
}

TEST_CASE("a long line is cut around the place") {
  std::string line(300, 'a');
  line.append(" galery ").append(300, 'b');
  CHECK(rendered({"a.yaml", 1, 302, 308}, line, 60) ==
        "a.yaml:1:302: error[SW1001]: unknown key `galery`\n"
        "     1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaa galery bbbbbbbbbbbb…\n"
        "       |                                ^^^^^^\n"
        "       = did you mean `gallery`?\n");
}

TEST_CASE("without a source, a line or a file there is less to show") {
  const std::string advice = "       = did you mean `gallery`?\n";
  const std::string text = "error[SW1001]: unknown key `galery`\n";
  CHECK(rendered({"a.yaml", 7, 1, 0}, "one line") == "a.yaml:7:1: " + text + advice);
  CHECK(rendered({"a.yaml", 0, 0, 0}, "one line") == "a.yaml: " + text + advice);
  CHECK(rendered({}, "one line") == text + advice);
}

TEST_CASE("control characters of a file reach no terminal") {
  Diagnostics diagnostics;
  diagnostics.add({Code::SW1001, Severity::warning, "\x1b[31mred", "", {"a\nb.yaml", 1, 1, 0}});
  const std::string text = render_diagnostics(
      diagnostics, [](const std::string&) { return std::string_view("\x1b]0;title"); }, Style{});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.starts_with("a\\nb.yaml:1:1: warning[SW1001]: \\x1b[31mred\n"));
}

TEST_CASE("diagnostics are counted by severity, and go to JSON with their place") {
  Diagnostics diagnostics;
  CHECK(count_diagnostics(diagnostics).empty());
  diagnostics.add({Code::SW1001, Severity::warning, "w", "", {}});
  diagnostics.add({Code::SW1002, Severity::error, "e", "do", {"a.yaml", 3, 4, 0}});
  diagnostics.add({Code::SW1003, Severity::error, "f", "", {}});
  CHECK(count_diagnostics(diagnostics) == "2 errors, 1 warning");
  CHECK(to_json(diagnostics)[1] == Json{{"code", "SW1002"},
                                        {"severity", "error"},
                                        {"message", "e"},
                                        {"advice", "do"},
                                        {"file", "a.yaml"},
                                        {"line", 3},
                                        {"column", 4}});
  CHECK(render_diagnostics({}, no_source, {}).empty());
}

TEST_CASE("of a line of megabytes only the surroundings of the place are looked at") {
  std::string line(2'000'000, 'a');
  line.append(" galery ").append(6'000'000, 'b');
  CHECK(rendered({"a.yaml", 1, 2'000'002, 2'000'008}, line, 60) ==
        "a.yaml:1:2000002: error[SW1001]: unknown key `galery`\n"
        "     1 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaa galery bbbbbbbbbbbb…\n"
        "       |                                ^^^^^^\n"
        "       = did you mean `gallery`?\n");
  // A mark as long as the line ends where what is shown of the line ends.
  CHECK(rendered({"a.yaml", 1, 1, 2'000'000}, line, 60) ==
        "a.yaml:1:1: error[SW1001]: unknown key `galery`\n"
        "     1 | " +
            std::string(50, 'a') +
            "…\n"
            "       | " +
            std::string(51, '^') +
            "\n"
            "       = did you mean `gallery`?\n");
}

TEST_CASE("a line is not cut inside of a character") {
  std::string line;
  for (int i = 0; i < 1'000; ++i) line += "\xe2\x82\xac";
  const std::string text = rendered({"a.yaml", 1, 1'501, 0}, line, 60);
  CHECK(text.find("\\x") == std::string::npos);
  CHECK(text.find("\xe2\x82\xac") != std::string::npos);
}
