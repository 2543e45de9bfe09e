#include <doctest/doctest.h>

#include "syncwright/core/file.h"
#include "syncwright/manifest/loader.h"
#include "unit/temporary_folder.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

constexpr const char* application = R"(
apiVersion: syncwright/v1
kind: Application
metadata: {name: NAME}
spec:
  gallery: Salesforce
  displayName: Salesforce
  jobs:
    default:
      schema: {mappings: [{object: User, attributes: {Username: "[mail]", Active: "[on]"}}]}
)";

std::string application_named(const std::string& name) {
  std::string text = application;
  return text.replace(text.find("NAME"), 4, name);
}

std::string test_of(const std::string& name, const std::string& spec) {
  return "apiVersion: syncwright/v1\nkind: MappingTest\nmetadata: {name: " + name +
         "}\nspec:\n  application: salesforce\n" + spec;
}

constexpr const char* one_case =
    "  cases: [{name: a, object: User, source: {mail: a}, expect: {action: create}}]\n";

struct Reading {
  Loaded loaded;
  std::vector<std::string> codes;
};

Reading load_in(const TemporaryFolder& folder, LoadOptions options = {}) {
  Diagnostics diagnostics;
  options.working_folder = folder.path();
  Reading outcome{load(options, diagnostics), {}};
  for (const Diagnostic& found : diagnostics.items())
    outcome.codes.emplace_back(to_string(found.code));
  return outcome;
}

void write(const TemporaryFolder& folder, const std::string& name, const std::string& text) {
  REQUIRE(write_file_atomically(folder.path() / name, text).has_value());
}

}  // namespace

TEST_CASE("a mapping test says of an object what the engine asks for") {
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  write(folder, "manifests/test.yaml", test_of("people", R"(  cases:
    - name: everything
      object: User
      rule: R
      targetObject: T
      source: {mail: ada@contoso.com, number: 12, on: true, list: [a, 12, true], empty: [],
               fraction: 1.50, quoted: "12", gone: null}
      account: {Username: ada}
      assigned: false
      active: false
      deleted: true
      parameters: {DomainFQDN: contoso.com, Limit: 3}
      existing: [ada, 12]
      roles: [admin, {id: r-1, value: user, displayName: A user}]
      defaultDomain: contoso.com
      now: "2026-11-22T10:00:00Z"
      expect: {inScope: false, action: skip, target: {Username: null, Active: false}}
)"));
  const Reading outcome = load_in(folder);
  CHECK(outcome.codes == std::vector<std::string>{});
  REQUIRE(outcome.loaded.tests.size() == 1);
  const model::MappingTest& test = outcome.loaded.tests.front();
  CHECK(test.name == "people");
  CHECK(test.job == "default");
  CHECK_FALSE(test.schema.has_value());
  REQUIRE(test.cases.size() == 1);
  const model::MappingTestCase& only = test.cases.front();
  CHECK(only.where.line == 7);
  CHECK(only.rule == "R");
  CHECK(only.target_object == "T");
  const std::map<std::string, expression::Value, std::less<>> source{
      {"mail", "ada@contoso.com"},
      {"number", std::int64_t{12}},
      {"on", true},
      {"list", expression::MultiValue{"a", "12", "True"}},
      {"empty", expression::MultiValue{}},
      {"fraction", "1.50"},
      {"quoted", "12"}};
  CHECK(only.source.values() == source);
  REQUIRE(only.account.has_value());
  CHECK(only.account->values().at("Username") == expression::Value{"ada"});
  CHECK_FALSE(only.assigned);
  CHECK(only.active == false);
  CHECK(only.deleted);
  CHECK(only.parameters.at("Limit") == "3");
  CHECK(only.existing == std::vector<std::string>{"ada", "12"});
  REQUIRE(only.roles.size() == 2);
  CHECK(only.roles[0].display_name == "admin");
  CHECK(only.roles[1].id == "r-1");
  CHECK(only.now == parse_rfc3339("2026-11-22T10:00:00Z"));
  CHECK(only.expect.in_scope == false);
  CHECK(only.expect.action == "skip");
  REQUIRE(only.expect.target.size() == 2);
  CHECK(expression::is_null(only.expect.target[0].value));
  CHECK(only.expect.target[1].value == expression::Value{false});
}

TEST_CASE("a mapping test changes neither the desired state nor its digest") {
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  const Reading before = load_in(folder);
  write(folder, "manifests/test.yaml", test_of("people", one_case));
  write(folder, "syncwright.yaml",
        "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: default}\n"
        "spec: {expressions: {splitTrims: false, scopeNullRule: lenient}}\n");
  const Reading after = load_in(folder);
  CHECK(after.codes == std::vector<std::string>{});
  CHECK(model::manifest_digest(after.loaded.desired) ==
        model::manifest_digest(before.loaded.desired));
  CHECK(after.loaded.desired.complete);
  ExpressionSettings expected;
  expected.evaluation.split_trims = false;
  expected.scope_nulls = FilterNulls::lenient;
  CHECK(after.loaded.expressions == expected);
}

TEST_CASE("how a live tenant was seen to read the language can be set") {
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  const auto settings_of = [&](const std::string& expressions) {
    write(folder, "syncwright.yaml",
          "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: default}\n"
          "spec: {expressions: {" +
              expressions + "}}\n");
    const Reading reading = load_in(folder);
    CHECK(reading.codes == std::vector<std::string>{});
    return reading.loaded.expressions.evaluation;
  };
  CHECK(settings_of("formatDateTimeEmpty: error, branches: eager, severalRoles: error") ==
        expression::EvaluationSettings{
            .empty_date_fails = true, .branches_are_eager = true, .several_roles_fail = true});
  for (const char* null : {"null", "\"null\"", "~"}) {
    CAPTURE(null);
    CHECK(settings_of("branches: lazy, severalRoles: first, formatDateTimeEmpty: " +
                      std::string(null)) == expression::EvaluationSettings{});
  }
}

TEST_CASE("the saved schema lies inside the project, links resolved") {
  const TemporaryFolder outside;
  write(outside, "schema.json", "{}");
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  write(folder, "schemas/inside.json", "{}");
  std::filesystem::create_symlink(outside.path() / "schema.json",
                                  folder.path() / "schemas/link.json");
  const auto codes_with = [&](const std::string& path) {
    write(folder, "manifests/test.yaml", test_of("people", "  schema: " + path + "\n" + one_case));
    return load_in(folder).codes;
  };
  using Codes = std::vector<std::string>;
  CHECK(codes_with("../schemas/inside.json") == Codes{});
  CHECK(codes_with("../schemas/link.json") == Codes{"SW2009"});
  CHECK(codes_with((outside.path() / "schema.json").string()) == Codes{"SW2009"});
  CHECK(codes_with("../schemas/missing.json") == Codes{"SW0106"});
  CHECK(codes_with("../schemas") == Codes{"SW0106"});
}

TEST_CASE("paths choose tests and still read the applications that they are about") {
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  write(folder, "manifests/one.yaml", test_of("one", one_case));
  write(folder, "more/two.yaml", test_of("two", one_case));
  LoadOptions options;
  options.paths_choose_tests = true;
  const auto names = [&] {
    std::vector<std::string> result;
    const Reading outcome = load_in(folder, options);
    CHECK(outcome.codes == std::vector<std::string>{});
    for (const model::MappingTest& test : outcome.loaded.tests) result.push_back(test.name);
    return result;
  };
  using Names = std::vector<std::string>;
  CHECK(names() == Names{"one"});
  options.paths = {"more"};
  CHECK(names() == Names{"two"});
  options.paths = {"manifests/one.yaml", "more/two.yaml"};
  CHECK(names() == Names{"one", "two"});
  options.paths = {"manifests/app.yaml"};
  CHECK(names() == Names{});
}

TEST_CASE("without the application's file a test passes validation, but not a test run") {
  const TemporaryFolder folder;
  write(folder, "tests.yaml", test_of("one", one_case));
  LoadOptions options;
  options.paths = {"tests.yaml"};
  CHECK(load_in(folder, options).codes == std::vector<std::string>{});
  options.paths_choose_tests = true;
  CHECK(load_in(folder, options).codes == std::vector<std::string>{"SW2012"});
}

TEST_CASE("--only takes the tests of the applications that it names") {
  const TemporaryFolder folder;
  write(folder, "manifests/app.yaml", application_named("salesforce"));
  write(folder, "manifests/other.yaml", application_named("other"));
  write(folder, "manifests/one.yaml", test_of("one", one_case));
  LoadOptions options;
  options.only = {"other"};
  const Reading outcome = load_in(folder, options);
  CHECK(outcome.codes == std::vector<std::string>{});
  CHECK(outcome.loaded.tests.empty());
}

TEST_CASE("the project alone: settings without manifests") {
  const TemporaryFolder folder;
  write(folder, "syncwright.yaml",
        "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
        "spec: {expressions: {comparisonIgnoresCase: true}}\n");
  LoadOptions options;
  options.working_folder = folder.path();
  Diagnostics diagnostics;
  const Loaded loaded = load_project(options, diagnostics);
  CHECK(diagnostics.empty());
  CHECK(loaded.expressions.evaluation.comparison_ignores_case);
  CHECK(loaded.files == 0);
}
