#include "syncwright/report/apply_text.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

TEST_CASE("an apply that went well says so in one sentence") {
  plan::ApplyReport report;
  report.outcomes = {outcome(plan::ChangeType::application_instantiate, "sf",
                             plan::OutcomeState::done, "made", Milliseconds{5})};
  report.outcomes[0].writes = 3;
  report.journal = ".syncwright/journal.jsonl";
  CHECK(render_apply_summary(report, {}, {}) ==
        "\n"
        "journal  .syncwright/journal.jsonl\n"
        "Apply: 1 of 1 change done; 3 writes sent.\n");
}

TEST_CASE("an assignment is called as in the plan") {
  plan::Plan plan;
  plan.changes = {
      change(plan::ChangeType::assignment_add, "sf/assignments/group:g-1/Standard User")};
  plan.changes[0].payload = plan::AssignmentPayload{"group", "", ""};
  plan.changes[0].fields = {{"principal", nullptr, "Sales"}, {"role", nullptr, "Standard User"}};
  plan::ApplyReport report;
  report.outcomes = {outcome(plan.changes[0], plan::OutcomeState::failed, "", {})};
  CHECK(render_apply_summary(report, plan, {})
            .starts_with("\nfailed   sf  assign group Sales as Standard User\n"));
}

TEST_CASE("what is not done is named, with its error, its advice and what hangs on it") {
  plan::ApplyReport report;
  report.outcomes = {
      outcome(plan::ChangeType::job_create, "sf/jobs/default", plan::OutcomeState::done, "", {}),
      outcome(plan::ChangeType::schema_put, "sf/jobs/default/schema", plan::OutcomeState::failed,
              "", {}),
      outcome(plan::ChangeType::job_start, "sf/jobs/default/start", plan::OutcomeState::skipped,
              "sf/jobs/default/schema failed", {})};
  report.outcomes[1].error = Error{ErrorKind::rejected,
                                   "the mapping was refused",
                                   "look at officeCode\nor leave it out",
                                   400,
                                   "InvalidMapping",
                                   "r-1"};
  report.outcomes[1].writes = 1;
  report.journal = "j";
  report.backup = "b";
  CHECK(render_apply_summary(report, {}, {}) ==
        "\n"
        "failed   sf  change schema of job default\n"
        "         the mapping was refused (400 InvalidMapping, request-id r-1)\n"
        "         look at officeCode\n"
        "         or leave it out\n"
        "\n"
        "skipped  sf  start job default\n"
        "         sf/jobs/default/schema failed\n"
        "\n"
        "journal  j\n"
        "backup   b\n"
        "Apply: 1 of 3 changes done, 1 failed, 1 skipped; 1 write sent.\n"
        "Mend what failed and apply again: it goes on where this run stopped.\n");
  const auto reviewed_end = [&report] {
    const std::string text = render_apply_summary(report, {}, {}, true);
    return text.substr(text.find("sent.\n") + 6);
  };
  CHECK(
      reviewed_end() ==
      "Mend what failed, plan again and apply the new plan: it goes on where this run stopped.\n");
  report.outcomes[1].state = plan::OutcomeState::stale;
  CHECK(reviewed_end() ==
        "Plan again and apply the new plan: it goes on where this run stopped.\n");
  report.outcomes[1].writes = 0;
  CHECK(reviewed_end() == "Run apply again: it goes on where this run stopped.\n");
}

TEST_CASE("changes of one application that are left out for different reasons are told apart") {
  plan::ApplyReport report;
  for (const char* who : {"Nobody", "Nowhere"}) {
    report.outcomes.push_back(outcome(plan::ChangeType::schema_put, "sf/jobs/default/schema",
                                      plan::OutcomeState::skipped, "", {}));
    report.outcomes.back().error =
        Error{ErrorKind::guard, fmt::format("left out: no `{}`", who), "", 0, "", ""};
  }
  CHECK(render_apply_summary(report, {}, {})
            .starts_with("\n"
                         "skipped  sf  change schema of job default\n"
                         "         left out: no `Nobody`\n"
                         "\n"
                         "skipped  sf  change schema of job default\n"
                         "         left out: no `Nowhere`\n"));
}

TEST_CASE("what is held is told: of one application each change, of several their names") {
  plan::Plan plan;
  plan.changes = {change(plan::ChangeType::job_start, "sf/jobs/default/start")};
  plan.changes[0].status = plan::ChangeStatus::held;
  CHECK(render_apply_summary({}, plan, {}) ==
        "\n"
        "held     sf  start job default\n"
        "         waiting for a person: a plan tells for what, and what settles it\n"
        "\n"
        "Nothing was written: what is left is held.\n");
  plan.changes.push_back(change(plan::ChangeType::job_start, "aws/jobs/default/start"));
  plan.changes[1].status = plan::ChangeStatus::held;
  const plan::ApplyReport report{
      {outcome(plan::ChangeType::job_create, "box/jobs/default", plan::OutcomeState::done, "", {})},
      false,
      "",
      ""};
  CHECK(render_apply_summary(report, plan, {}) ==
        "\n"
        "held     2 applications, 2 changes\n"
        "         waiting for a person: a plan tells for what, and what settles it\n"
        "         aws, sf\n"
        "\n"
        "Apply: 1 of 1 change done, 2 held; 0 writes sent.\n");
}

TEST_CASE("an interrupted apply says so") {
  plan::ApplyReport report;
  report.outcomes = {outcome(plan::ChangeType::job_start, "sf/jobs/default/start",
                             plan::OutcomeState::unknown, "the answer was lost", {})};
  report.interrupted = true;
  CHECK(render_apply_summary(report, {}, {}) ==
        "\n"
        "unknown  sf  start job default\n"
        "         the answer was lost\n"
        "\n"
        "Interrupted: 0 of 1 change done, 1 unknown; 0 writes sent.\n"
        "Run apply again: it goes on where this run stopped.\n");
}

TEST_CASE("what was not begun is told by application") {
  plan::ApplyReport report;
  const auto skipped = [](plan::ChangeType type, const std::string& id) {
    return outcome(type, id, plan::OutcomeState::skipped, "interrupted", {});
  };
  report.outcomes = {
      outcome(plan::ChangeType::application_instantiate, "a", plan::OutcomeState::done, "", {}),
      skipped(plan::ChangeType::credentials_save, "a/credentials"),
      skipped(plan::ChangeType::job_start, "a/jobs/default/start"),
      skipped(plan::ChangeType::application_instantiate, "b"),
      skipped(plan::ChangeType::job_create, "b/jobs/default"),
      skipped(plan::ChangeType::application_instantiate, "c"),
  };
  report.interrupted = true;
  CHECK(render_apply_summary(report, {}, {}) ==
        "\n"
        "skipped  a  save settings, start job default\n"
        "         interrupted\n"
        "\n"
        "skipped  2 applications, 3 changes\n"
        "         interrupted\n"
        "         b, c\n"
        "\n"
        "Interrupted: 1 of 6 changes done, 5 skipped; 0 writes sent.\n"
        "Run apply again: it goes on where this run stopped.\n");
}
