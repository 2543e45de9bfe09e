#include <doctest/doctest.h>

#include "report/mapping_test_report.h"

using namespace syncwright;
using namespace syncwright::report;

namespace {

mapping_tests::MappingTestResult failed_test() {
  mapping_tests::MappingTestResult test{
      "people", "salesforce", "default", {"tests.yaml", 3, 18, 24}, {}};
  test.cases.push_back({"Ada", {"tests.yaml", 7, 13, 16}, {}, {}});
  mapping_tests::MappingCaseResult failed{"Bo <b@x> & \"co\"", {"tests.yaml", 12, 13, 20}, {}, {}};
  failed.faults.push_back({"action", "create", "skip", "not in scope"});
  failed.faults.push_back({"target Alias", "bo", nullptr, ""});
  failed.steps.push_back({"import", "success", "read bo", {}});
  failed.steps.push_back({"scoping", "skipped", "not in scope", {"clause a EQUALS b was false"}});
  test.cases.push_back(std::move(failed));
  return test;
}

mapping_tests::MappingTestResult passed() {
  mapping_tests::MappingTestResult test{
      "others", "salesforce", "default", {"tests.yaml", 30, 18, 24}, {}};
  test.cases.push_back({"Cy", {"tests.yaml", 33, 13, 15}, {}, {}});
  return test;
}

}  // namespace

TEST_CASE("a line for each test, failures in full, a sentence that sums up") {
  CHECK(render_mapping_tests({failed_test(), passed()}, false, Style{}) ==
        R"(FAIL  people  1 of 2 cases failed  (tests.yaml:3)
      FAIL  Bo <b@x> & "co"  (tests.yaml:12)
        action        expected "create", got "skip": not in scope
        target Alias  expected "bo", got nothing
          import   success  read bo
          scoping  skipped  not in scope
                            clause a EQUALS b was false
ok    others  1 case  (tests.yaml:30)

1 of 3 cases in 2 tests failed.
)");
}

TEST_CASE("of many mappings those are shown that the case fails on") {
  mapping_tests::MappingTestResult test = failed_test();
  mapping_tests::MappingCaseResult& failed = test.cases[1];
  failed.faults = {{"target B", "b", "x", "", "B"}};
  failed.steps = {
      {"mapping", "success", "3 of 3 flowed", {"A <- a", "B <- x", "C <- c"}, {"A", "B", "C"}}};
  const std::string head = R"(FAIL  people  1 of 2 cases failed  (tests.yaml:3)
      FAIL  Bo <b@x> & "co"  (tests.yaml:12)
        target B  expected "b", got "x"
          mapping  success  3 of 3 flowed
)";
  const std::string tail = "\n1 of 2 cases in 1 test failed.\n";
  const std::string column(28, ' ');
  CHECK(render_mapping_tests({test}, false, Style{}) ==
        head + column + "B <- x\n" + column + "(and 2 more, shown with -v)\n" + tail);
  failed.steps[0].details.pop_back();
  failed.steps[0].subjects.pop_back();  // one other takes no more room than that it is left out
  CHECK(render_mapping_tests({test}, false, Style{}) ==
        head + column + "A <- a\n" + column + "B <- x\n" + tail);
}

TEST_CASE("every case on demand") {
  CHECK(render_mapping_tests({passed()}, true, Style{}) ==
        "ok    others  1 case  (tests.yaml:30)\n"
        "      ok    Cy\n\n"
        "1 case in 1 test passed.\n");
}

TEST_CASE("no tests are said to be none") {
  CHECK(render_mapping_tests({}, false, Style{}) ==
        "No tests: the manifests hold no document of kind MappingTest.\n");
}

TEST_CASE("names of files and manifests cannot steer a terminal") {
  mapping_tests::MappingTestResult test = failed_test();
  test.cases[1].name = "\x1b[2J";
  test.cases[1].faults[0].actual = "\x1b]0;x";
  test.cases[1].steps[0].description = "\x1b[1m";
  const std::string text = render_mapping_tests({test}, true, Style{});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(junit_xml({test}).find('\x1b') == std::string::npos);
}

TEST_CASE("as JSON") {
  const Json json = to_json(std::vector{failed_test(), passed()});
  CHECK(json["passed"] == 2);
  CHECK(json["failed"] == 1);
  const Json& failed = json["tests"][0]["cases"][1];
  CHECK(failed["passed"] == false);
  CHECK(failed["line"] == 12);
  CHECK(failed["faults"][1] ==
        Json{{"what", "target Alias"}, {"expected", "bo"}, {"actual", nullptr}, {"why", ""}});
  CHECK(failed["steps"][1]["details"] == Json{"clause a EQUALS b was false"});
}

TEST_CASE("where the service may fail, a case that passed says so") {
  mapping_tests::MappingTestResult test = passed();
  test.cases[0].warnings.push_back({"Hired", Code::SW3140,
                                    "a branch fails: CDate: \"<soon>\" is no date",
                                    "choose the argument"});
  const Json json = to_json(std::vector{test});
  CHECK(json["passed"] == 1);
  CHECK(json["tests"][0]["cases"][0]["warnings"] ==
        Json::array({{{"attribute", "Hired"},
                      {"code", "SW3140"},
                      {"message", "a branch fails: CDate: \"<soon>\" is no date"},
                      {"advice", "choose the argument"}}}));
  CHECK(to_json(std::vector{passed()})["tests"][0]["cases"][0]["warnings"] == Json::array());
  CHECK(junit_xml({test}) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright test" tests="1" failures="0">
  <testsuite name="others" tests="1" failures="0">
    <testcase classname="others" name="Cy" file="tests.yaml" line="33">
      <system-out>warning[SW3140]: target Hired: a branch fails: CDate: &quot;&lt;soon&gt;&quot; is no date
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("as JUnit") {
  CHECK(junit_xml({failed_test()}) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright test" tests="2" failures="1">
  <testsuite name="people" tests="2" failures="1">
    <testcase classname="people" name="Ada" file="tests.yaml" line="7"/>
    <testcase classname="people" name="Bo &lt;b@x&gt; &amp; &quot;co&quot;" file="tests.yaml" line="12">
      <failure message="action: expected &quot;create&quot;, got &quot;skip&quot;: not in scope">action: expected &quot;create&quot;, got &quot;skip&quot;: not in scope
target Alias: expected &quot;bo&quot;, got nothing
  import   success  read bo
  scoping  skipped  not in scope
                    clause a EQUALS b was false
</failure>
    </testcase>
  </testsuite>
</testsuites>
)");
  CHECK(junit_xml({}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"syncwright test\" tests=\"0\" failures=\"0\">\n</testsuites>\n");
}
