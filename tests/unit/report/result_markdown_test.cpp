#include "report/markdown/result_markdown.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

TEST_CASE("a validation as Markdown") {
  Diagnostics diagnostics;
  diagnostics.add(Code::SW1001, {"a.yaml", 12, 7, 13}, "unknown key `galery`",
                  "did you mean `gallery`?");
  CHECK(render_validation_markdown({diagnostics, {}, 1, 1}) == R"(### Validation

**1 error.**

| level | code | where | message |
|---|---|---|---|
| error | `SW1001` | `a.yaml:12` | unknown key &#96;galery&#96;<br>did you mean &#96;gallery&#96;? |
)");
  const Diagnostics none;
  CHECK(render_validation_markdown({none, {}, 2, 1}) ==
        "### Validation\n\n**Valid: 2 applications in 1 file.**\n");
}

TEST_CASE("an apply as Markdown: what is not done first, with the way out") {
  using plan::ChangeType;
  using plan::OutcomeState;
  plan::Plan plan;
  plan.project = "contoso";
  plan.environment = "prod";
  plan.tenant_id = "t-1";
  plan::ApplyReport report;
  report.outcomes = {outcome(ChangeType::job_create, "sf/jobs/default", OutcomeState::done,
                             "job sf.1", Milliseconds{1250}),
                     outcome(ChangeType::schema_put, "sf/jobs/default/schema", OutcomeState::failed,
                             "", Milliseconds{60}),
                     outcome(ChangeType::job_start, "sf/jobs/default/start", OutcomeState::skipped,
                             "sf/jobs/default/schema failed", {})};
  report.outcomes[0].writes = 1;
  report.outcomes[1].error =
      Error{ErrorKind::rejected, "<b>no</b>", "look at city", 400, "Bad", "r"};
  report.interrupted = true;
  CHECK(render_apply_markdown({report, plan, false}) == R"(### Apply to contoso/prod in tenant t-1

**1 of 3 changes done, 1 failed, 1 skipped; 1 write sent. Interrupted.**

#### Not done

|  | application | change | why |
|---|---|---|---|
| failed | `sf` | change schema of job default | &#60;b&#62;no&#60;/b&#62; &#40;400 Bad, request-id r&#41;<br>look at city |
| skipped | `sf` | start job default | sf/jobs/default/schema failed |

#### Done

| application | change | took |
|---|---|---|
| `sf` | create job default | 1.2 s |
)");
  const plan::ApplyReport nothing;
  CHECK(render_apply_markdown({nothing, {}, false}).find("**Nothing was to be done.**") !=
        std::string::npos);
}

TEST_CASE("an apply as Markdown: what is held takes no room from what was done") {
  plan::Plan plan;
  plan.project = "contoso";
  plan.tenant_id = "t-1";
  for (int i = 10; i < 32; ++i) {
    plan.changes.push_back(
        change(plan::ChangeType::job_start, fmt::format("sf-{}/jobs/default/start", i)));
  }
  for (plan::Change& held : plan.changes) held.status = plan::ChangeStatus::held;
  const std::string text = render_apply_markdown({{}, plan, false});
  CHECK(
      text.starts_with("### Apply to contoso in tenant t-1\n\n"
                       "**Nothing was written: what is left is held.**\n\n"
                       "**Held**: `sf-10`, `sf-11`, "));
  CHECK(text.ends_with(
      "`sf-28`, `sf-29` and 2 more, waiting for a person: a plan tells for what, and "
      "what settles it.\n"));
}

TEST_CASE("status as Markdown") {
  StatusRow row;
  row.application = "box";
  row.job = "default";
  row.state = "started";
  row.code = "Quarantine";
  row.has_cycle = true;
  row.cycle = {"Failed", "2026-11-22T10:00:00Z", "2026-11-22T10:00:03Z", 5, 12, 9, 3, "a|b"};
  row.quarantine = "Why [not](x)";
  StatusRow missing;
  missing.application = "aws";
  missing.state = "missing";
  missing.note = "not in the tenant yet";
  const std::vector<StatusRow> rows{missing, row};
  CHECK(render_status_markdown({rows, rows, "contoso", "prod", false}) ==
        R"(### Status of `contoso/prod`

**2 jobs; not every application could be read.**

| application | job | state | status | last cycle | ended | imported | exported | failed |
|---|---|---|---|---|---|---|---|---|
| `aws` |  | missing |  |  |  |  |  |  |
| `box` | `default` | started | Quarantine | Failed | 2026-11-22T10&#58;00&#58;03Z | 12 | 9 | 3 |

#### To look at

| application | job |  |  |
|---|---|---|---|
| `aws` |  | note | not in the tenant yet |
| `box` | `default` | quarantine | Why &#91;not&#93;&#40;x&#41; |
| `box` | `default` | last error | a&#124;b |
)");
}

TEST_CASE("a provisioning log as Markdown") {
  LogRow row{"e-1",     "2026-11-22T10:00:03Z",
             "sf",      "create",
             "failure", "ada",
             "ada@sf",  "Conflict",
             "taken",   "rename it",
             {}};
  CHECK(render_log_markdown({row}) == R"(### Provisioning log

**1 log line.**

| time | application | action | status | source | target | why |
|---|---|---|---|---|---|---|
| 2026-11-22T10&#58;00&#58;03Z | `sf` | create | failure | ada | ada&#64;sf | Conflict: taken<br>rename it |
)");
}

TEST_CASE("any other answer stands in a block that its text cannot leave") {
  CHECK(render_answer_markdown("eval", "a\n````\n\x1b[31m<b>\n") ==
        "### syncwright eval\n\n`````text\na\n````\n\\x1b[31m<b>\n`````\n");
  CHECK(render_answer_markdown("eval", "") == "### syncwright eval\n\n```text\n```\n");
}
