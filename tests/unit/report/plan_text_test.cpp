#include "syncwright/report/plan_text.h"

#include <doctest/doctest.h>

#include "report/drift_report.h"
#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

// Whole plans of the planner are in tests/cases/plan; here is how single values and styles look.

namespace {

plan::Plan plan_with(std::vector<schema::FieldChange> fields) {
  plan::Plan plan;
  plan.project = "contoso";
  plan.changes = {change(plan::ChangeType::schema_put, "sf/jobs/default/schema")};
  plan.changes[0].reason = "the live schema differs";
  plan.changes[0].fields = std::move(fields);
  plan.summary.update = 1;
  return plan;
}

/// The lines under the change.
std::string fields_of(std::vector<schema::FieldChange> fields, const Style& style = {}) {
  const std::string text = render_plan(plan_with(std::move(fields)), style);
  const std::size_t begin = text.find("differs\n") + 8;
  return text.substr(begin, text.find("\n\nPlan:") + 1 - begin);
}

std::string value(const Json& after) {
  const std::string line = fields_of({{"p", nullptr, after}});
  const std::string prefix = "        + p  ";
  REQUIRE(line.starts_with(prefix));
  return line.substr(prefix.size(), line.size() - prefix.size() - 1);
}

}  // namespace

TEST_CASE("values are shown in the manifest's words") {
  CHECK(value("plain text") == "plain text");
  CHECK(value("") == "\"\"");
  CHECK(value(" padded") == "\" padded\"");
  CHECK(value(true) == "true");
  CHECK(value({{"expression", "[mail]"}, {"matchingPriority", 1}}) == "[mail], matchingPriority 1");
  CHECK(value({{"constant", "Contoso"}, {"flowType", "ObjectAddOnly"}}) ==
        "constant \"Contoso\", flowType \"ObjectAddOnly\"");
  CHECK(value({{"source", "none"}, {"defaultValue", ""}}) == "no source, defaultValue \"\"");
  CHECK(value({{"type", "String"}, {"required", true}, {"caseExact", false}}) ==
        "String, caseExact false, required");
  CHECK(value({"Add", "Update"}) == "Add, Update");
  CHECK(value(Json::array()) == "[]");
  const Json sales{{"attribute", "department"}, {"operator", "EQUALS"}, {"values", {"Sales"}}};
  const Json enabled{{"attribute", "active"}, {"operator", "IS TRUE"}, {"values", Json::array()}};
  CHECK(value({{"any", {{{"all", {sales, enabled}}}}}}) ==
        "department EQUALS Sales and active IS TRUE");
  CHECK(value({{"any", {{{"all", {sales, enabled}}}, {{"all", {enabled}}}}}}) ==
        "(department EQUALS Sales and active IS TRUE) or active IS TRUE");
  CHECK(value({{"odd", {1, 2}}}) == "odd [1,2]");
  CHECK(value(Json::object()) == "{}");
  CHECK(value("a\x1b]0;b\x07") == "a\\x1b]0;b\\x07");
}

TEST_CASE("a change that is too long for one line shows before and after below each other") {
  const Json before{{"expression", "Join(\" \", [givenName], [surname], [department], [city])"}};
  const Json after{{"expression", "Join(\"-\", [givenName], [surname], [department], [city])"}};
  CHECK(fields_of({{"User/displayName", before, after}, {"User/x", "1", nullptr}}) ==
        "        ~ User/displayName\n"
        "            - Join(\" \", [givenName], [surname], [department], [city])\n"
        "            + Join(\"-\", [givenName], [surname], [department], [city])\n"
        "        - User/x            1\n");
}

TEST_CASE("a value that does not fit behind a long name stands below it") {
  const std::string name =
      "User/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
  CHECK(fields_of({{"User/x", nullptr, "1"}, {name, nullptr, "short"}}) ==
        "        + User/x  1\n"
        "        + " +
            name + "  short\n");
  CHECK(fields_of({{name, nullptr, {{"constant", "Sales and Marketing"}}}}) ==
        "        + " + name +
            "\n"
            "            constant \"Sales and Marketing\"\n");
  CHECK(fields_of({{"User/y", nullptr, std::string(50, 'a') + " " + std::string(50, 'b')}}) ==
        "        + User/y  " + std::string(50, 'a') + "\n" + std::string(18, ' ') +
            std::string(50, 'b') + "\n");
}

TEST_CASE("long names of one object mapping stand beneath it") {
  const std::string users = "OUT/User->urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
  const std::string urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
  CHECK(fields_of({{"App/User.badge", nullptr, {{"type", "String"}}},
                   {"OUT/Group->Group:enabled", true, false},
                   {users + ":flowTypes", {"Add", "Update"}, {"Add"}},
                   {users + "/title", "a", "b"},
                   {users + "/" + urn, "a", nullptr}}) ==
        "        + App/User.badge            String\n"
        "        ~ OUT/Group->Group:enabled  true → false\n"
        "        " +
            users +
            "\n"
            "          ~ :flowTypes  Add, Update → Add\n"
            "          ~ title       a → b\n"
            "          - " +
            urn + "  a\n");
  CHECK(fields_of({{users + "/title", "a", "b"}}) == "        ~ " + users + "/title  a → b\n");
  CHECK(fields_of({{"OUT/User->User/x", "a", "b"}, {"OUT/User->User/yy", "a", "b"}}) ==
        "        ~ OUT/User->User/x   a → b\n"
        "        ~ OUT/User->User/yy  a → b\n");
}

TEST_CASE(
    "without Unicode and colour the text is plain ASCII, with colour nothing but paint is added") {
  Style ascii;
  ascii.unicode = false;
  const std::vector<schema::FieldChange> fields{{"p", "a", "b"}};
  CHECK(fields_of(fields, ascii) == "        ~ p  a -> b\n");
  Style painted;
  painted.color = true;
  std::string text = render_plan(plan_with(fields), painted);
  CHECK(text.find("\x1b[33m~\x1b[0m") != std::string::npos);
  for (std::size_t begin = text.find('\x1b'); begin != std::string::npos;
       begin = text.find('\x1b')) {
    text.erase(begin, text.find('m', begin) + 1 - begin);
  }
  CHECK(text == render_plan(plan_with(fields), {}));
}

TEST_CASE("a narrow terminal breaks lines, and wide characters count twice") {
  Style narrow;
  narrow.width = 60;
  plan::Plan plan = plan_with({});
  plan.changes[0].reason = "one two three four five six seven eight";
  plan.changes[0].origin = {"manifests/東京.yaml", 7, 1, 0};
  CHECK(render_plan(plan, narrow) ==
        "Plan for contoso in tenant (not known)\n"
        "\n"
        "~ sf   will be updated\n"
        "    ~ change schema of job default   one two three four five\n"
        "                                     six seven eight\n"
        "                                     (manifests/東京.yaml:7)\n"
        "\n"
        "Plan: 0 to create, 1 to update, 0 unchanged. 1 change.\n");
}

TEST_CASE("warnings of the manifests stand below the plan") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t";
  plan.complete = false;
  plan.diagnostics = {
      {Code::SW1009, Severity::warning, "the key is old", "use another", {"a.yaml", 3, 1, 0}}};
  CHECK(render_plan(plan, {}) ==
        "Plan for contoso in tenant t\n"
        "Not complete: a part of the manifests or of the tenant was left out.\n"
        "\n"
        "warning[SW1009]: the key is old  (a.yaml:3)\n"
        "    use another\n"
        "\n"
        "No changes in what was looked at.\n");
}

TEST_CASE("orphans are no change, and are told all the same") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t";
  plan.orphans = {{"old", "5b0d", "Old"}};
  plan.summary.orphaned = 1;
  CHECK(render_plan(plan, {}) ==
        "Plan for contoso in tenant t\n"
        "\n"
        "Orphans  owned by this project, named by no manifest; left alone\n"
        "  old  Old  5b0d\n"
        "\n"
        "No changes. The tenant is as the manifests say, but for 1 orphan.\n");
}

TEST_CASE("drift counts a job that is missing once, without the steps that making it takes") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.changes = {change(plan::ChangeType::job_create, "sf/jobs/default"),
                  change(plan::ChangeType::credentials_validate, "sf/credentials/validate"),
                  change(plan::ChangeType::schema_put, "sf/jobs/default/schema"),
                  change(plan::ChangeType::job_start, "sf/jobs/default/start")};
  plan.changes[2].provisional = true;
  CHECK(render_drift({plan, {}}, {}) ==
        "Drift of contoso in tenant (not known)\n"
        "\n"
        "sf\n"
        "    job default is missing\n"
        "\n"
        "Drift: 1 difference in 1 application.\n");
}

TEST_CASE("drift does not call a job missing that cannot be told among the live ones") {
  plan::Plan plan;
  plan.changes = {change(plan::ChangeType::job_create, "sf/jobs/default")};
  plan::Change& made = plan.changes[0];
  made.job = "default";
  made.status = plan::ChangeStatus::blocked;
  made.refusal =
      plan::Refusal{Code::SW5007, "which live job cannot be told", "name it", {"a.1", "a.2"}};
  CHECK(render_drift({plan, {}}, {}).find("job default cannot be told") != std::string::npos);
  made.refusal->candidates.clear();
  CHECK(render_drift({plan, {}}, {}).find("job default is missing") != std::string::npos);
}

TEST_CASE("each risk has a line of its own, and the last line counts them") {
  plan::Plan plan = plan_with({{"R/User->User:enabled", false, true}});
  plan.changes[0].risks = {plan::Risk::deprovision, plan::Risk::expose};
  plan.changes.push_back(change(plan::ChangeType::credentials_save, "sf/credentials"));
  plan.changes[1].reason = "scope differs";
  plan.changes[1].risks = {plan::Risk::expose};
  const std::string text = render_plan(plan, {});
  CHECK(text.find("        risk        deprovision: accounts in the target may be disabled or "
                  "deleted\n"
                  "        risk        expose: people may get accounts in the target, or keep them "
                  "after they leave\n"
                  "        ~ R/User->User:enabled  false → true\n") != std::string::npos);
  const std::string last =
      "Plan: 0 to create, 1 to update, 0 unchanged. 2 changes, 1 of them with risk deprovision, 2 "
      "of them with risk expose.\n";
  CHECK(text.ends_with(last));

  plan.changes[0].status = plan::ChangeStatus::blocked;
  plan.changes[0].refusal = plan::Refusal{Code::SW5009, "no such mapping", "look", {}};
  CHECK(render_plan(plan, {}).find("with risk deprovision") == std::string::npos);
}
