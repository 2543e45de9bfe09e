#include <doctest/doctest.h>

#include <set>

#include "report/sarif/log.h"
#include "report/sarif/rules.h"
#include "sample.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/file.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

namespace {

RunFacts facts() {
  return {"/repo/contoso", "/repo/contoso", "1.0.0", "", "", {}};
}

SourceRange place(const std::string& file, int line, int column, int end_column) {
  return {file, line, column, end_column, {column + 1, end_column + 1}, {}};
}

Json parsed(const std::string& text) {
  return *parse_json(text);
}

Json results_of(const sarif::Findings& findings) {
  return parsed(sarif::log_of("plan", "", findings, facts()))["runs"][0]["results"];
}

/// Rule, level, line and message of each result.
Json told(const sarif::Findings& findings) {
  Json list = Json::array();
  const Json results = results_of(findings);
  for (const Json& result : results) {
    list.push_back({result["ruleId"], result["level"],
                    result["locations"][0]["physicalLocation"]["region"]["startLine"],
                    result["message"]["text"]});
  }
  return list;
}

std::vector<std::string> fingerprints_of(const Diagnostics& diagnostics) {
  std::vector<std::string> list;
  const Json results = results_of(sarif::findings_of(Validation{diagnostics, {}, 1, 1}));
  for (const Json& result : results) {
    list.push_back(result["partialFingerprints"]["syncwright/v1"]);
  }
  return list;
}

}  // namespace

TEST_CASE("a validation as SARIF") {
  Diagnostics diagnostics;
  diagnostics.add(Code::SW1001, place("manifests/a b.yaml", 12, 7, 13), "unknown key `galery`",
                  "did you mean `gallery`?");
  CHECK(sarif::log_of("validate", "", sarif::findings_of(Validation{diagnostics, {}, 1, 1}),
                      facts()) == R"({
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "runs": [
    {
      "automationDetails": {
        "id": "syncwright/validate/"
      },
      "columnKind": "utf16CodeUnits",
      "invocations": [
        {
          "executionSuccessful": true
        }
      ],
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "uri": "file:///repo/contoso/"
        }
      },
      "results": [
        {
          "level": "error",
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "manifests/a%20b.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "endColumn": 14,
                  "startColumn": 8,
                  "startLine": 12
                }
              }
            }
          ],
          "message": {
            "text": "unknown key `galery`; did you mean `gallery`?"
          },
          "partialFingerprints": {
            "syncwright/v1": "sha256:95c402389598e75c59a7dda35b0a5fd8fc1b22f3d41ed4e7e25f7ef7234963ae"
          },
          "ruleId": "SW1001",
          "ruleIndex": 0
        }
      ],
      "tool": {
        "driver": {
          "name": "syncwright",
          "rules": [
            {
              "defaultConfiguration": {
                "level": "error"
              },
              "help": {
                "text": "The key is not part of a manifest at this place. A key that is merely skipped\nwould leave a setting unmanaged without anybody noticing, so it is an error.\nSpelling and case count: keys that go to Graph have Graph's own names.\n    spec:\n      displayname: Salesforce     # wrong\n      displayName: Salesforce     # right"
              },
              "id": "SW1001",
              "shortDescription": {
                "text": "Unknown key"
              }
            }
          ],
          "version": "1.0.0"
        }
      }
    }
  ],
  "version": "2.1.0"
}
)");
}

TEST_CASE("columns are UTF-16 code units, and left out where only characters are known") {
  CHECK(sarif::region_of({"a.yaml", 3, 5, 9, {6, 11}, {}}) ==
        Json{{"startLine", 3}, {"startColumn", 6}, {"endColumn", 11}});
  CHECK(sarif::region_of({"a.yaml", 3, 5, 0, {6, 0}, {}}) ==
        Json{{"startLine", 3}, {"startColumn", 6}});
  CHECK(sarif::region_of({"a.yaml", 3, 5, 9}) == Json{{"startLine", 3}});
  CHECK(sarif::region_of({"a.yaml", 0, 0, 0}) == Json{{"startLine", 1}});
  // An emoji is one character, and two units.
  const std::string text = "a: \"\xf0\x9f\x98\x80\" b";
  const SourceRange behind = source_range("a.yaml", LineIndex(text).span(10, 11));
  CHECK(sarif::region_of(behind) == Json{{"startLine", 1}, {"startColumn", 9}, {"endColumn", 10}});
}

TEST_CASE("a finding keeps its name when lines move, and two of one name are told apart") {
  Diagnostics before;
  before.add(Code::SW1001, place("a.yaml", 12, 7, 13), "unknown key `x`");
  before.add(Code::SW1001, place("a.yaml", 14, 7, 13), "unknown key `x`");
  before.add(Code::SW1001, place("b.yaml", 12, 7, 13), "unknown key `x`");
  Diagnostics after;
  after.add(Code::SW1001, place("a.yaml", 40, 1, 2), "unknown key `x`");
  after.add(Code::SW1001, place("a.yaml", 41, 1, 2), "unknown key `x`");
  after.add(Code::SW1001, place("b.yaml", 1, 1, 2), "unknown key `x`");
  CHECK(fingerprints_of(before) == fingerprints_of(after));
  const std::vector<std::string> names = fingerprints_of(before);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 3);
}

TEST_CASE("a plan as SARIF: what is refused, waits, is risky or deletes, and guards") {
  plan::PlanFile file;
  plan::Change quiet = change(plan::ChangeType::application_update, "aws/update");
  plan::Change risky = change(plan::ChangeType::schema_put, "sf/jobs/default/schema");
  risky.origin = place("manifests/sf.yaml", 41, 15, 20);
  risky.reason = "the scope narrows";
  risky.risks = {plan::Risk::deprovision, plan::Risk::expose};
  plan::Change adopt = change(plan::ChangeType::application_adopt, "box/adopt");
  adopt.status = plan::ChangeStatus::blocked;
  adopt.origin = place("manifests/box.yaml", 3, 1, 2);
  adopt.refusal = plan::Refusal{Code::SW5001, "two could be meant", "name one", {"id-1"}};
  plan::Change start = change(plan::ChangeType::job_start, "sf/jobs/default/start");
  start.status = plan::ChangeStatus::held;
  start.refusal = plan::Refusal{Code::SW5003, "the job is held", "", {}};
  file.plan.changes = {quiet, adopt, risky, start,
                       change(plan::ChangeType::application_delete, "old/delete")};
  file.plan.guards = {{plan::Guard::max_deletes, "1 deletion, 0 allowed", "--max-deletes 1", 1, 0}};
  file.plan.diagnostics = {{Code::SW1009, Severity::warning, "the key is old", "", {}}};
  const sarif::Findings findings = sarif::findings_of(PlanReport{file, file.plan, {}});
  CHECK(told(findings).dump(1) == R"([
 [
  "SW1009",
  "warning",
  1,
  "the key is old"
 ],
 [
  "SW5001",
  "error",
  3,
  "box: take application over is blocked: two could be meant; name one"
 ],
 [
  "deprovision",
  "warning",
  41,
  "sf: change schema of job default; accounts in the target may be disabled or deleted; the scope narrows"
 ],
 [
  "expose",
  "warning",
  41,
  "sf: change schema of job default; people may get accounts in the target, or keep them after they leave; the scope narrows"
 ],
 [
  "SW5003",
  "warning",
  1,
  "sf: start job default is held: the job is held"
 ],
 [
  "deletion",
  "warning",
  1,
  "old: delete application; its jobs go with it, accounts in the target stay as they are; it can be restored for 30 days, but whether its jobs and secrets come back is not known"
 ],
 [
  "guard",
  "warning",
  1,
  "guard maxDeletes: 1 deletion, 0 allowed; --max-deletes 1 lets it through"
 ]
])");
  CHECK(findings.failure.empty());
}

TEST_CASE("a drift as SARIF: differences, health, orphans and edits, at their manifests") {
  model::Desired desired;
  desired.applications.resize(1);
  desired.applications[0].name = "sf";
  desired.applications[0].where = place("manifests/sf.yaml", 4, 3, 5);
  plan::Drift drift;
  plan::Change schema = change(plan::ChangeType::schema_put, "sf/jobs/default/schema");
  schema.origin = place("manifests/sf.yaml", 41, 15, 20);
  schema.reason = "the mapping differs";
  schema.cause = plan::Cause::tenant;
  schema.row = place("rows.csv", 7, 1, 9);
  plan::Change pending = change(plan::ChangeType::application_update, "sf/update");
  pending.cause = plan::Cause::manifest;
  drift.plan.changes = {pending, schema};
  drift.plan.health = {{"sf", "default", plan::HealthState::quarantine, "refused", true},
                       {"sf", "default", plan::HealthState::failing, "failed", true},
                       {"sf", "default", plan::HealthState::paused, "by hand", false}};
  drift.plan.orphans = {{"old", "sp-3", "Old"}};
  plan::DriftEdit edit{"sf", {}, false};
  edit.edit.activity = "Update service principal";
  edit.edit.by = "eve@contoso.com";
  edit.edit.at = "2026-11-20T08:00:00Z";
  plan::DriftEdit ours = edit;
  ours.edit.by = "pipeline";
  ours.ours = true;
  drift.edits = {edit, ours};
  drift.unmanaged = {edit};
  const sarif::Findings findings = sarif::findings_of(DriftReport{drift, drift, {}, &desired});
  CHECK(told(findings).dump(1) == R"([
 [
  "pending",
  "note",
  1,
  "sf: application differs"
 ],
 [
  "difference",
  "warning",
  41,
  "sf: schema of job default differs; the mapping differs"
 ],
 [
  "health",
  "error",
  4,
  "sf: job default (quarantine): refused"
 ],
 [
  "health",
  "warning",
  4,
  "sf: job default (failing): failed"
 ],
 [
  "health",
  "note",
  4,
  "sf: job default (paused): by hand"
 ],
 [
  "orphan",
  "warning",
  1,
  "old is owned by this project and named by no manifest"
 ],
 [
  "edit",
  "note",
  4,
  "sf: Update service principal at 2026-11-20T08:00:00Z by eve@contoso.com"
 ],
 [
  "edit-outside",
  "note",
  4,
  "sf: Update service principal at 2026-11-20T08:00:00Z by eve@contoso.com"
 ]
])");
  const Json log = parsed(sarif::log_of("drift", "prod", findings, facts()));
  const Json& run = log["runs"][0];
  CHECK(run["automationDetails"]["id"] == "syncwright/drift/prod/");
  CHECK(run["results"][1]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
        "rows.csv");
  drift.plan.unreadable = Error{ErrorKind::unavailable, "Graph does not answer", "", 503, "", ""};
  const Json cut = parsed(sarif::log_of(
      "drift", "", sarif::findings_of(DriftReport{drift, drift, {}, nullptr}), facts()));
  CHECK(cut["runs"][0]["invocations"][0]["executionSuccessful"] == false);
}

TEST_CASE("mapping tests as SARIF: each expectation that was not met, beside the diagnostics") {
  mapping_tests::MappingTestResult test{"people", "sf", "default", {"t.yaml", 3, 1, 2}, {}};
  mapping_tests::MappingCaseResult failed{"Bo", place("t.yaml", 12, 13, 20), {}, {}};
  failed.faults.push_back({"action", "create", "skip", "not in scope"});
  test.cases = {{"Ada", {"t.yaml", 7, 13, 16}, {}, {}}, failed};
  const std::vector results{test};
  Diagnostics diagnostics;
  diagnostics.add(Code::SW3140, place("sf.yaml", 5, 1, 2), "may fail");
  CHECK(told(sarif::findings_of(MappingTestReport{results, false, &diagnostics})).dump(1) ==
        R"([
 [
  "SW3140",
  "warning",
  5,
  "may fail"
 ],
 [
  "mapping-test",
  "error",
  12,
  "people: Bo: action: expected \"create\", got \"skip\": not in scope"
 ]
])");
}

TEST_CASE("foreign text is inert, and files are named from the project's root") {
  sarif::Findings findings;
  findings.all = {
      {"difference",
       Severity::warning,
       "\x1b[31m [x](http://evil) [a](1)\n\xff",
       place("/repo/contoso/m/a%20\xc3\xa4#?.yaml", 1, 1, 2),
       {},
       {}},
      {"difference", Severity::warning, "outside", place("/etc/x.yaml", 1, 1, 2), {}, {}},
      {"", Severity::note, "no place", {}, {}, {}}};
  RunFacts run = facts();
  run.working_folder = "/repo/contoso/m";
  const Json results = parsed(sarif::log_of("drift", "", findings, run))["runs"][0]["results"];
  CHECK(results[0]["message"]["text"] == "\\x1b[31m [x] (http://evil) [a] (1)\\n\\xff");
  const auto artifact = [&results](std::size_t index) {
    return results[index]["locations"][0]["physicalLocation"]["artifactLocation"];
  };
  CHECK(artifact(0) == Json{{"uri", "m/a%2520%C3%A4%23%3F.yaml"}, {"uriBaseId", "%SRCROOT%"}});
  CHECK(artifact(1) == Json{{"uri", "file:///etc/x.yaml"}});
  CHECK(artifact(2) == Json{{"uri", "syncwright.yaml"}, {"uriBaseId", "%SRCROOT%"}});
  CHECK_FALSE(results[2].contains("ruleId"));
}

TEST_CASE("every rule has a page, and a link to it where the pages are published") {
  std::set<std::string_view> ids;
  const auto page = read_file(SYNCWRIGHT_SOURCE_DIR "/docs/reports.md");
  REQUIRE(page);
  for (const sarif::Rule& rule : sarif::own_rules()) {
    CHECK(ids.insert(rule.id).second);
    CHECK(page->find("`" + std::string(rule.id) + "`") != std::string::npos);
    CHECK(find_catalog_entry(rule.id) == nullptr);
    CHECK(sarif::rule_of(rule.id).title == rule.title);
  }
  const sarif::Rule rule = sarif::rule_of("SW1001");
  CHECK(rule.page == "diagnostics/SW1001.md");
  CHECK(sarif::help_uri(rule, "") == "");
  RunFacts run = facts();
  run.documentation = "https://docs.example.com/syncwright/";
  Diagnostics diagnostics;
  diagnostics.add(Code::SW1001, {}, "unknown key");
  const Json log = parsed(
      sarif::log_of("validate", "", sarif::findings_of(Validation{diagnostics, {}, 1, 1}), run));
  CHECK(log["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] ==
        "https://docs.example.com/syncwright/diagnostics/SW1001.md");
}
