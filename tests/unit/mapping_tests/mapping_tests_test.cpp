#include "syncwright/mapping_tests/mapping_tests.h"

#include <doctest/doctest.h>

#include "unit/manifest/project_folder.h"

using namespace syncwright;
using namespace syncwright::mapping_tests;

namespace {

constexpr const char* kJobs = R"(  scope: assigned
  jobs:
    default:
      schema:
        mappings:
          - {object: User, attributes: {Username: "[mail]", Nick: 'Mid([mail], 1, 2)', Key: Guid()}}
)";

/// A project with one application and one test, and what running the test gives.
struct TestedProject {
  explicit TestedProject(const std::string& cases) {
    folder.write("manifests/box.yaml", manifest::application("box", kJobs));
    folder.write("manifests/test.yaml",
                 manifest::manifest_text("MappingTest", "people", "  application: box\n" + cases));
  }

  std::vector<MappingTestResult> run() {
    const manifest::Loaded loaded = folder.load();
    REQUIRE_MESSAGE(!folder.has_errors, folder.faults);
    return run_mapping_tests(loaded, Instant{}, diagnostics);
  }

  /// The only case.
  MappingCaseResult run_case() {
    const std::vector<MappingTestResult> results = run();
    REQUIRE(results.size() == 1);
    REQUIRE(results.front().cases.size() == 1);
    return results.front().cases.front();
  }

  manifest::ProjectFolder folder;
  Diagnostics diagnostics;
};

/// "action: create, not skip": what came out, and what was expected.
std::string faults_of(const MappingCaseResult& result) {
  std::string text;
  for (const MappingFault& fault : result.faults) {
    text += fault.what + ": " + fault.actual.dump() + ", not " + fault.expected.dump() + "\n";
  }
  return text;
}

MappingCaseResult warned_case(const std::string& name) {
  MappingCaseResult result;
  result.name = name;
  result.where = {"test.yaml", 7, 1, 2};
  result.warnings.push_back({"Nick", Code::SW3101, "may fail", "mend it"});
  return result;
}

}  // namespace

TEST_CASE("a case passes where everything that it expects comes out") {
  TestedProject project(
      "  cases: [{name: a, object: User, source: {mail: ada@x}, expect: {inScope: true, action: "
      "create, target: {Username: ada@x, Nick: ad}}}]\n");
  CHECK(faults_of(project.run_case()) == "");
  CHECK(project.diagnostics.empty());
}

TEST_CASE("each expectation that does not come out is a fault of its own") {
  TestedProject project(
      "  cases: [{name: a, object: User, source: {mail: ada@x}, expect: {inScope: false, action: "
      "skip, target: {Username: bo}}}]\n");
  const MappingCaseResult result = project.run_case();
  CHECK(faults_of(result) ==
        "inScope: true, not false\n"
        "action: \"create\", not \"skip\"\n"
        "target Username: \"ada@x\", not \"bo\"\n");
  CHECK(result.faults.back().why == "[mail], flowed");
  CHECK(result.faults.back().attribute == "Username");
}

TEST_CASE("who is not assigned is out of an application's scope that is for the assigned") {
  TestedProject project(
      "  cases: [{name: a, object: User, assigned: false, source: {mail: ada@x}, expect: {inScope: "
      "false, action: skip}}]\n");
  CHECK(faults_of(project.run_case()) == "");
}

TEST_CASE("what the account holds already counts as written") {
  TestedProject project(
      "  cases: [{name: a, object: User, source: {mail: ada@x}, account: {Username: ada@x}, "
      "expect: "
      "{target: {Username: ada@x}}}]\n");
  CHECK(faults_of(project.run_case()) == "");
}

TEST_CASE("a case draws the same identifiers in every run") {
  TestedProject project(
      "  cases: [{name: a, object: User, source: {mail: ada@x}, expect: {target: {Key: "
      "00000000-0000-4000-8000-000000000001}}}]\n");
  CHECK(faults_of(project.run_case()) == "");
}

TEST_CASE("a case says what it writes, but for what Redact hides, and where nothing is written") {
  using Written = std::map<std::string, std::string>;
  TestedProject project(
      "  cases: [{name: a, object: User, source: {mail: ada@x}, expect: {action: create}}]\n");
  const MappingCaseResult result = project.run_case();
  CHECK(result.object == "User");
  CHECK(result.written == Written{{"Key", "00000000-0000-4000-8000-000000000001"},
                                  {"Nick", "ad"},
                                  {"Username", "ada@x"}});
  project.folder.write("manifests/box.yaml", manifest::application("box", R"(  scope: assigned
  jobs:
    default:
      schema:
        mappings:
          - {object: User, attributes: {Username: "[mail]", Nick: 'Redact([mail])'
}
}
)"));
  CHECK(project.run_case().written == Written{{"Nick", "[Redact]"}, {"Username", "ada@x"}});
  TestedProject skipped(
      "  cases: [{name: a, object: User, assigned: false, source: {mail: ada@x}, expect: {action: "
      "skip}}]\n");
  CHECK(skipped.run_case().written.empty());
}

TEST_CASE("a saved schema that cannot be used is told once, and its cases are left out") {
  TestedProject project(
      "  schema: saved.json\n"
      "  cases:\n"
      "    - {name: a, object: User, source: {mail: ada@x}, expect: {inScope: true}}\n"
      "    - {name: b, object: User, source: {mail: ada@x}, expect: {inScope: true}}\n");
  project.folder.write("manifests/saved.json", "no schema");
  const std::vector<MappingTestResult> results = project.run();
  REQUIRE(results.size() == 1);
  CHECK(results.front().cases.empty());
  REQUIRE(project.diagnostics.items().size() == 1);
  CHECK(project.diagnostics.items().front().code == Code::SW2015);
  CHECK(project.diagnostics.items().front().where.line == 6);
}

TEST_CASE("a warning is told at the first case that has it, with how many more there are") {
  MappingTestResult test;
  test.cases = {warned_case("first"), warned_case("second"), warned_case("third")};
  const Diagnostics warnings = mapping_warnings({test}, {});
  REQUIRE(warnings.items().size() == 1);
  CHECK(warnings.items().front().message == "`Nick` in the case `first` and 2 more: may fail");
  CHECK(warnings.items().front().where.line == 7);
}

TEST_CASE("a test counts the cases that failed") {
  MappingTestResult test;
  test.cases = {warned_case("passed"), warned_case("failed")};
  test.cases.back().faults.push_back({"action", "create", "skip", ""});
  CHECK(test.count_failed() == 1);
}
