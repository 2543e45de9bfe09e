#include "report/markdown/plan_markdown.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "report/drift_report.h"
#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

// Whole documents of the planner are in tests/cases/plan; here is what must never come through.

namespace {

plan::Plan hostile() {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t`|t";
  plan.changes = {change(plan::ChangeType::application_update, "sf/update")};
  plan.changes[0].reason = "see @everyone, #12 and <img src=x> or [this](http://evil)\n# Title";
  plan.changes[0].fields = {{"displayName", "```\n</details>", "a|b"}};
  plan.summary.update = 1;
  plan.summary.changes = 1;
  return plan;
}

plan::Plan with_applications(int count) {
  plan::Plan plan;
  plan.project = "contoso";
  for (int i = 0; i < count; ++i) {
    plan::Change made =
        change(plan::ChangeType::application_update, "sf-" + std::to_string(i) + "/update");
    // No two are alike.
    made.fields = {{"field" + std::to_string(i), nullptr, std::string(200, 'x')}};
    made.reason = "it differs";
    plan.changes.push_back(made);
  }
  plan::Change& last = plan.changes[plan.changes.size() - 1];
  last.status = plan::ChangeStatus::blocked;
  last.refusal = plan::Refusal{Code::SW5005, "two of them", "choose", {"one", "two"}};
  return plan;
}

}  // namespace

TEST_CASE("foreign text formats nothing, mentions nobody and links nowhere") {
  CHECK(render_plan_markdown(hostile()) ==
        "### Plan for `contoso` in tenant t&#96;&#124;t\n"
        "\n"
        "**Plan: 0 to create, 1 to update, 0 unchanged. 1 change.**\n"
        "\n"
        "#### `~` `sf` will be updated\n"
        "\n"
        "|  | change | why | where |\n"
        "|---|---|---|---|\n"
        "| `~` | update application | see &#64;everyone, &#35;12 and &#60;img src=x&#62; or "
        "&#91;this&#93;&#40;http&#58;//evil&#41;&#92;n&#35; Title |  |\n"
        "\n"
        "<details><summary>values</summary>\n"
        "\n"
        "```diff\n"
        "- displayName: ```\\n</details>\n"
        "+ displayName: a|b\n"
        "```\n"
        "\n"
        "</details>\n");
}

TEST_CASE("what does not fit is counted; what is refused comes first") {
  const plan::Plan plan = with_applications(50);
  const std::string text = render_plan_markdown(plan, {}, 4000);
  CHECK(text.size() <= 4000);
  CHECK(text.find("SW5005") != std::string::npos);
  const std::string last =
      "\nToo long for one comment, left out: 3 value lists, 43 changes. "
      "`syncwright plan` or its `--format json` has all of it.\n";
  CHECK(text.substr(text.rfind("\nToo long")) == last);
  CHECK(render_plan_markdown(plan).find("Too long") == std::string::npos);
  // No application gives way to the details of another one.
  CHECK(text.find("\n- `~` sf-48 will be updated\n") != std::string::npos);
  const std::string tight = render_plan_markdown(plan, {}, 2000);
  CHECK(tight.size() <= 2000);
  CHECK(tight.find("\n- `!` sf-49 cannot be updated, **blocked** `SW5005`\n") != std::string::npos);
  CHECK(tight.find("left out: ") != std::string::npos);
}

TEST_CASE("warnings keep their room beside very many values") {
  plan::Plan plan = with_applications(300);
  plan.diagnostics.assign(20,
                          {Code::SW1009, Severity::warning, "the key is old", "use another", {}});
  const std::string text = render_plan_markdown(plan);
  CHECK(text.size() <= markdown::kCommentLimit);
  CHECK(text.find("`sf-0`") != std::string::npos);
  CHECK(text.find("sf-299") != std::string::npos);
  CHECK(text.find(" message") == std::string::npos);
  CHECK(text.find("- warning `SW1009`: the key is old use another\n") != std::string::npos);
}

namespace {

/// Applications that differ in the group that is assigned, and in `others` settings beside.
plan::Plan onboarding(int count, int others, std::size_t length) {
  plan::Plan plan;
  plan.project = "contoso";
  for (int i = 0; i < count; ++i) {
    plan::Change made =
        change(plan::ChangeType::assignment_add, fmt::format("aws-{:03}/assignments/g", i));
    made.reason = "a new application has no assignments";
    made.payload = plan::AssignmentPayload{"group", "", ""};
    made.fields = {{"principal", nullptr, fmt::format("AWS Team {:03}", i)},
                   {"role", nullptr, "User"}};
    plan.changes.push_back(made);
    plan::Change settings =
        change(plan::ChangeType::credentials_save, fmt::format("aws-{:03}/credentials", i));
    settings.reason = "a new application has no settings";
    settings.fields = {{"scope", nullptr, "assigned"}};
    for (int k = 0; k < others; ++k) {
      settings.fields.push_back({fmt::format("credentials.Key{}", k), nullptr,
                                 fmt::format("{}-{:03}-{}", k, i, std::string(length, 'v'))});
    }
    plan.changes.push_back(settings);
  }
  return plan;
}

}  // namespace

TEST_CASE("three applications that differ in the group are one table") {
  CHECK(render_plan_markdown(onboarding(3, 0, 0)) ==
        "### Plan for `contoso` in tenant (not known)\n"
        "\n"
        "**Plan: 0 to create, 0 to update, 0 unchanged. 6 changes.**\n"
        "\n"
        "#### `~` 3 applications will be updated\n"
        "\n"
        "|  | change | why | where |\n"
        "|---|---|---|---|\n"
        "| `+` | assign group &#60;group&#62; as User | a new application has no assignments |  |\n"
        "| `~` | save settings | a new application has no settings |  |\n"
        "\n"
        "| application | group |\n"
        "|---|---|\n"
        "| `aws-000` | `AWS Team 000` |\n"
        "| `aws-001` | `AWS Team 001` |\n"
        "| `aws-002` | `AWS Team 002` |\n"
        "\n"
        "<details><summary>values</summary>\n"
        "\n"
        "```diff\n"
        "+ scope: assigned\n"
        "```\n"
        "\n"
        "</details>\n");
}

TEST_CASE("of five hundred applications with a group of their own nothing is left unnamed") {
  const std::string text = render_plan_markdown(onboarding(500, 2, 10));
  CHECK(text.size() < 65536);
  CHECK(text.find("Too long") == std::string::npos);
  for (int i = 0; i < 500; ++i) {
    const std::string row = fmt::format(
        "\n| `aws-{0:03}` | `AWS Team {0:03}` | `0-{0:03}-vvvvvvvvvv` | "
        "`1-{0:03}-vvvvvvvvvv` |\n",
        i);
    CHECK(text.find(row) != std::string::npos);
  }
}

TEST_CASE("where not every value fits, columns go before names, and who gets access goes last") {
  const std::string text = render_plan_markdown(onboarding(500, 2, 60));
  CHECK(text.size() <= markdown::kCommentLimit);
  CHECK(text.find("\n`<Key1>`: 500 different values\n") != std::string::npos);
  CHECK(text.find("| application | group | Key0 |\n") != std::string::npos);
  CHECK(text.find("left out: 1 column. ") != std::string::npos);
  const std::string longer = render_plan_markdown(onboarding(500, 2, 200));
  CHECK(longer.find("| application | group |\n") != std::string::npos);
  for (int i = 0; i < 500; ++i) {
    CHECK(longer.find(fmt::format("\n| `aws-{0:03}` | `AWS Team {0:03}` |\n", i)) !=
          std::string::npos);
  }
}

TEST_CASE("of more applications than a comment can name the number is told") {
  const std::string text = render_plan_markdown(onboarding(9000, 0, 0));
  CHECK(text.size() <= markdown::kCommentLimit);
  CHECK(text.find("\n- `~` 9000 applications will be updated\n") != std::string::npos);
  CHECK(text.find("left out: 18000 changes, 9000 application names. ") != std::string::npos);
}

TEST_CASE("before the fold stand where a plan comes from, its risks and what deletions do") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t";
  plan.created_at = parse_rfc3339("2026-11-20T08:00:00Z").value();
  plan.manifest_digest = "sha256:1";
  plan.changes = {change(plan::ChangeType::application_delete, "box/delete"),
                  change(plan::ChangeType::schema_put, "sf/jobs/default/schema"),
                  change(plan::ChangeType::job_delete, "sf/jobs/default/delete")};
  plan.changes[1].risks = {plan::Risk::deprovision};
  plan.changes[1].fields = {{"p", "a", "b"}};
  plan.summary.update = 1;
  plan.summary.deleted = 1;
  CHECK(
      render_plan_markdown(plan, {"sha256:2", "abc|", "syncwright 1.0"}) ==
      "### Plan for `contoso` in tenant `t`\n"
      "\n"
      "**Plan: 0 to create, 1 to update, 1 to delete, 0 unchanged. 3 changes, 1 of them with risk "
      "deprovision.**\n"
      "\n"
      "- plan `sha256:2`\n"
      "- manifests `sha256:1` of commit abc&#124;\n"
      "- made `2026-11-20T08:00:00Z` by syncwright 1.0\n"
      "\n"
      "#### Risks\n"
      "\n"
      "- **deprovision** (accounts in the target may be disabled or deleted): `sf`\n"
      "- **applications deleted**: `box`. Effect: its jobs go with it, accounts in the target stay "
      "as they are; it can be restored for 30 days, but whether its jobs and secrets come back is "
      "not known\n"
      "- **jobs deleted**: `sf`. Effect: the job's links, watermarks and changes of the schema go, "
      "accounts in the target and saved secrets stay\n"
      "\n"
      "#### `-` `box` will be deleted\n"
      "\n"
      "|  | change | why | where |\n"
      "|---|---|---|---|\n"
      "| `-` | delete application | <br>Effect: its jobs go with it, accounts in the target stay "
      "as "
      "they are; it can be restored for 30 days, but whether its jobs and secrets come back is not "
      "known |  |\n"
      "\n"
      "#### `~` `sf` will be updated\n"
      "\n"
      "|  | change | why | where |\n"
      "|---|---|---|---|\n"
      "| `~` | change schema of job default | <br>**risk: deprovision** |  |\n"
      "| `-` | delete job default | <br>Effect: the job's links, watermarks and changes of the "
      "schema go, accounts in the target and saved secrets stay |  |\n"
      "\n"
      "```diff\n"
      "- p: a\n"
      "+ p: b\n"
      "```\n");
}

TEST_CASE("an id says that it is one") {
  plan::Plan plan;
  plan.changes = {change(plan::ChangeType::assignment_remove, "sf/assignments/user:1/-")};
  plan::Change& made = plan.changes[0];
  made.payload = plan::AssignmentPayload{"user", "5f2c", ""};
  const std::string role = "0c5a9d52-11f4-4a4e-9d3c-6f6a4a0a7d11";
  made.fields = {{"principal", "", nullptr}, {"role", role, nullptr}};
  CHECK(render_plan_markdown(plan).find("| unassign user with id 5f2c as role with id " + role +
                                        " |") != std::string::npos);
  made.fields[0].before = role;
  CHECK(render_plan_markdown(plan).find("| unassign user with id " + role + " as ") !=
        std::string::npos);
}

TEST_CASE("one application of very many values is told without them") {
  plan::Plan plan = with_applications(1);
  plan.changes[0].fields.assign(500, {"field", nullptr, std::string(200, 'x')});
  const std::string text = render_plan_markdown(plan);
  CHECK(text.find("| update application |") != std::string::npos);
  CHECK(text.find("<details>") == std::string::npos);
  CHECK(text.find("left out: 1 value list. ") != std::string::npos);
}

TEST_CASE("of thousands of jobs and edits those are told that fit, of our own edits the number") {
  plan::Drift drift;
  for (int i = 0; i < 2000; ++i) {
    plan::Health health;
    health.application = "app-" + std::to_string(i);
    health.job = "default";
    health.state = plan::HealthState::quarantine;
    health.message = "its credentials are refused";
    health.is_drift = true;
    drift.plan.health.push_back(health);
    plan::DriftEdit edit;
    edit.application = health.application;
    edit.edit = {
        "sp", "Update attribute mappings or scope", "pipeline", "id", "2026-11-19T08:00:00Z", {},
        false};
    edit.ours = i % 2 == 0;
    drift.edits.push_back(edit);
  }
  const std::string text = render_drift_markdown(drift);
  CHECK(text.size() <= markdown::kCommentLimit);
  CHECK(text.size() > markdown::kCommentLimit - 1000);
  CHECK(text.find("| `app-1` | Update attribute mappings or scope | pipeline |") !=
        std::string::npos);
  CHECK(text.find("`app-2`") == std::string::npos);
  CHECK(text.find("left out: ") != std::string::npos);
  CHECK(text.find("`syncwright drift`") != std::string::npos);

  drift.plan.health.clear();
  const std::string words = render_drift(drift, Style{});
  CHECK(words.find("1000 edits of ours in 1000 applications (--format json lists them)") !=
        std::string::npos);
  CHECK(words.find("app-1 ") != std::string::npos);
  CHECK(words.find("app-0 ") == std::string::npos);
}

TEST_CASE("a plan and a drift without a difference say so") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.environment = "prod";
  plan.tenant_id = "t";
  CHECK(render_plan_markdown(plan) ==
        "### Plan for `contoso/prod` in tenant `t`\n\n"
        "No changes. The tenant is as the manifests say.\n");
  CHECK(render_drift_markdown({plan, {}}) ==
        "### Drift of `contoso/prod` in tenant `t`\n\n"
        "No drift. The tenant is as the manifests say.\n");
}

namespace {

/// The row of a risky change that has these fields.
std::string risky_row(plan::ChangeType type, plan::Risks risks,
                      std::vector<schema::FieldChange> fields) {
  plan::Plan plan;
  plan.project = "contoso";
  plan.changes = {change(
      type, type == plan::ChangeType::schema_put ? "sf/jobs/default/schema" : "sf/credentials")};
  plan.changes[0].reason = "it differs";
  plan.changes[0].risks = std::move(risks);
  plan.changes[0].fields = std::move(fields);
  const std::string text = render_plan_markdown(plan);
  const std::size_t begin = text.find("| `~` |");
  const std::size_t end = text.find('\n', begin);
  REQUIRE(end < text.find("<details>"));
  return text.substr(begin, end - begin);
}

Json department_filter(const std::string& department) {
  const Json clause = {
      {"attribute", "department"}, {"operator", "EQUALS"}, {"values", Json::array({department})}};
  return {{"any", Json::array({Json{{"all", Json::array({clause})}}})}};
}

}  // namespace

TEST_CASE("a risk and the value that carries it stand before the fold") {
  CHECK(risky_row(plan::ChangeType::credentials_save, {plan::Risk::expose},
                  {{"scope", "assigned", "all"}, {"notifications.enabled", true, false}}) ==
        "| `~` | save settings | it differs<br>**risk: expose**<br>`scope: assigned → all` |  |");
  CHECK(risky_row(plan::ChangeType::schema_put, {plan::Risk::deprovision, plan::Risk::expose},
                  {{"R/User->User:scopingFilter", department_filter("Sales"), nullptr},
                   {"R/User->User/title", {{"expression", "[a]"}}, {{"expression", "[b]"}}}}) ==
        "| `~` | change schema of job default | it differs<br>**risk: deprovision, expose**<br>"
        "`R/User->User:scopingFilter: department EQUALS Sales → (none)` |  |");
  CHECK(risky_row(plan::ChangeType::credentials_save, {}, {{"scope", "assigned", "all"}}) ==
        "| `~` | save settings | it differs |  |");
}

TEST_CASE("of long values and many fields that carry a risk the beginning is told") {
  const std::string row = risky_row(
      plan::ChangeType::schema_put, {plan::Risk::expose},
      {{"R/User->User:scopingFilter", department_filter(std::string(5000, 'x')), nullptr}});
  CHECK(row.find("xx… → (none)") != std::string::npos);
  CHECK(row.size() < 500);

  std::vector<schema::FieldChange> fields;
  fields.reserve(11);
  for (int i = 0; i < 11; ++i) {
    fields.push_back({"R/Kind" + std::to_string(i) + "->User:enabled", false, true});
  }
  const std::string many = risky_row(plan::ChangeType::schema_put, {plan::Risk::expose}, fields);
  CHECK(many.find("Kind7->User:enabled: false → true`<br>and 3 more values below |") !=
        std::string::npos);
}

TEST_CASE("what is foreign in a risky value formats nothing") {
  CHECK(risky_row(plan::ChangeType::schema_put, {plan::Risk::expose},
                  {{"R/User->User:scopingFilter", department_filter("`</td>|@all"), nullptr}})
            .ends_with("<br>R/User-&#62;User&#58;scopingFilter&#58; department EQUALS "
                       "&#96;&#60;/td&#62;&#124;&#64;all → &#40;none&#41; |  |"));
}
