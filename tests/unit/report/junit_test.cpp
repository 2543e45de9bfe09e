#include "report/junit/junit.h"

#include <doctest/doctest.h>

#include "sample.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

namespace {

/// A change that is planned, one that is refused and one that waits, and an application in step.
plan::Plan mixed_plan() {
  plan::Plan plan;
  plan.existing = {{"box", "1"}, {"sf", "2"}};
  plan::Change schema = change(plan::ChangeType::schema_put, "sf/jobs/default/schema");
  schema.origin = {"manifests/sf.yaml", 41, 15, 20};
  schema.reason = "the mapping differs";
  schema.risks = {plan::Risk::deprovision};
  schema.fields = {{"OUT/User->User/city", Json("a"), Json("b")}};
  plan::Change start = change(plan::ChangeType::job_start, "sf/jobs/default/start");
  start.status = plan::ChangeStatus::held;
  start.refusal = plan::Refusal{Code::SW5003, "the job is held", "let go of it", {}};
  plan::Change adopt = change(plan::ChangeType::application_adopt, "aws/adopt");
  adopt.status = plan::ChangeStatus::blocked;
  adopt.refusal = plan::Refusal{Code::SW5001, "two could be meant", "name one", {"id-1", "id-2"}};
  plan.changes = {adopt, schema, start};
  return plan;
}

}  // namespace

TEST_CASE("a plan as JUnit: refused is a failure, held is skipped, and what is in step passes") {
  CHECK(junit::of_plan(mixed_plan()) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright plan" tests="4" failures="1" skipped="1">
  <testsuite name="aws" tests="1" failures="1">
    <testcase classname="aws" name="take application over">
      <failure type="SW5001" message="two could be meant">candidate: id-1
candidate: id-2
way out: name one
</failure>
    </testcase>
  </testsuite>
  <testsuite name="box" tests="1" failures="0">
    <testcase classname="box" name="is as the manifests say"/>
  </testsuite>
  <testsuite name="sf" tests="2" failures="0" skipped="1">
    <testcase classname="sf" name="change schema of job default" file="manifests/sf.yaml" line="41">
      <system-out>the mapping differs
risk: deprovision
OUT/User-&gt;User/city: a → b
</system-out>
    </testcase>
    <testcase classname="sf" name="start job default">
      <skipped type="SW5003" message="the job is held">way out: let go of it
</skipped>
    </testcase>
  </testsuite>
</testsuites>
)");
  CHECK(junit::of_plan({}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"syncwright plan\" tests=\"0\" failures=\"0\">\n</testsuites>\n");
}

TEST_CASE("a tenant that could not be read whole is an error, and no failure") {
  plan::Plan plan;
  plan.unreadable =
      Error{ErrorKind::unavailable, "Graph does not answer", "try later", 503, "", ""};
  CHECK(junit::of_plan(plan) == R"out(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright plan" tests="1" failures="0" errors="1">
  <testsuite name="(tenant)" tests="1" failures="0" errors="1">
    <testcase classname="(tenant)" name="is read whole">
      <error type="unavailable" message="Graph does not answer (503)">try later
</error>
    </testcase>
  </testsuite>
</testsuites>
)out");
}

TEST_CASE("a drift as JUnit: what differs, bad health and orphans fail, with who edited what") {
  plan::Drift drift;
  drift.plan = mixed_plan();
  drift.plan.changes = {drift.plan.changes[1]};
  drift.plan.changes[0].cause = plan::Cause::tenant;
  drift.plan.health = {{"box", "default", plan::HealthState::quarantine, "refused", true},
                       {"sf", "default", plan::HealthState::paused, "by hand", false}};
  drift.plan.orphans = {{"old", "sp-3", "Old"}};
  plan::DriftEdit edit{"sf", {}, false};
  edit.edit.activity = "Update service principal";
  edit.edit.by = "eve@contoso.com";
  edit.edit.at = "2026-11-20T08:00:00Z";
  drift.edits = {edit};
  edit.application = "box";
  drift.unmanaged = {edit};
  CHECK(junit::of_drift(drift) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright drift" tests="5" failures="3">
  <testsuite name="box" tests="2" failures="1">
    <testcase classname="box" name="health of job default">
      <failure type="quarantine" message="refused"/>
    </testcase>
    <testcase classname="box" name="edit outside what the manifests manage">
      <system-out>2026-11-20T08:00:00Z Update service principal by eve@contoso.com
</system-out>
    </testcase>
  </testsuite>
  <testsuite name="old" tests="1" failures="1">
    <testcase classname="old" name="is named by a manifest">
      <failure type="orphan" message="owned by this project, named by no manifest"/>
    </testcase>
  </testsuite>
  <testsuite name="sf" tests="2" failures="1">
    <testcase classname="sf" name="change schema of job default" file="manifests/sf.yaml" line="41">
      <failure type="tenant" message="schema of job default differs">the mapping differs
OUT/User-&gt;User/city: a → b
edited 2026-11-20T08:00:00Z: Update service principal by eve@contoso.com
</failure>
    </testcase>
    <testcase classname="sf" name="health of job default">
      <system-out>paused: by hand
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("an apply as JUnit: each change with its time, and an error is what nobody knows") {
  using plan::ChangeType;
  using plan::OutcomeState;
  plan::Plan plan = mixed_plan();
  plan.changes = {plan.changes[0], plan.changes[1]};  // no change is held
  plan::ApplyReport report;
  report.outcomes = {
      outcome(ChangeType::application_update, "aws/update", OutcomeState::stale, "", {}),
      outcome(ChangeType::job_create, "sf/jobs/default", OutcomeState::done, "job sf.1",
              Milliseconds{1250}),
      outcome(plan.changes[1], OutcomeState::failed, "", Milliseconds{60'005}),
      outcome(ChangeType::credentials_save, "sf/credentials", OutcomeState::unknown, "", {}),
      outcome(ChangeType::job_start, "sf/jobs/default/start", OutcomeState::skipped,
              "sf/jobs/default/schema failed", {})};
  report.outcomes[0].error = Error{ErrorKind::stale, "the tenant changed", "plan again", 0, "", ""};
  report.outcomes[2].error =
      Error{ErrorKind::rejected, "refused", "look at city", 400, "InvalidMapping", "r-1"};
  report.outcomes[3].error = Error{ErrorKind::transport, "the answer was lost", "", 0, "", ""};
  CHECK(junit::of_apply(report, plan) == R"out(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright apply" tests="6" failures="2" errors="1" skipped="1">
  <testsuite name="aws" tests="1" failures="1">
    <testcase classname="aws" name="update application" time="0.000">
      <failure type="stale" message="the tenant changed">plan again
</failure>
    </testcase>
  </testsuite>
  <testsuite name="box" tests="1" failures="0">
    <testcase classname="box" name="is as the manifests say"/>
  </testsuite>
  <testsuite name="sf" tests="4" failures="1" errors="1" skipped="1">
    <testcase classname="sf" name="create job default" time="1.250">
      <system-out>job sf.1
</system-out>
    </testcase>
    <testcase classname="sf" name="change schema of job default" file="manifests/sf.yaml" line="41" time="60.005">
      <failure type="failed" message="refused (400 InvalidMapping, request-id r-1)">look at city
</failure>
    </testcase>
    <testcase classname="sf" name="save settings" time="0.000">
      <error type="unknown" message="the answer was lost"/>
    </testcase>
    <testcase classname="sf" name="start job default" time="0.000">
      <skipped type="skipped" message="sf/jobs/default/schema failed"/>
    </testcase>
  </testsuite>
</testsuites>
)out");
}

TEST_CASE("an apply as JUnit: with nothing to do what is in step passes, and held is skipped") {
  plan::Plan plan = mixed_plan();
  plan.changes = {plan.changes[2]};
  CHECK(junit::of_apply({}, plan) == R"out(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright apply" tests="2" failures="0" skipped="1">
  <testsuite name="box" tests="1" failures="0">
    <testcase classname="box" name="is as the manifests say"/>
  </testsuite>
  <testsuite name="sf" tests="1" failures="0" skipped="1">
    <testcase classname="sf" name="start job default">
      <skipped type="SW5003" message="the job is held">way out: let go of it
</skipped>
    </testcase>
  </testsuite>
</testsuites>
)out");
}

TEST_CASE("foreign text breaks no document, and what XML cannot hold is spelled out") {
  const std::string hostile =
      "]]>\x1b[31m\xef\xbf\xbf\xef\xbf\xbe\x01\xff</testcase>\xe2\x80\xae&\"";
  junit::Case made{hostile, hostile, {hostile, 1, 0, 0}, {}, {hostile}, {}};
  made.fault = junit::Fault{junit::Fault::Kind::failure, hostile, hostile, {hostile}};
  const std::string quoted =
      R"(]]&gt;\x1b[31m\uffff\ufffe\x01\xff&lt;/testcase&gt;\u202e&amp;&quot;)";
  CHECK(junit::document("syncwright plan", {{hostile, {made}}}) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="syncwright plan" tests="1" failures="1">
  <testsuite name=")" +
            quoted +
            R"(" tests="1" failures="1">
    <testcase classname=")" +
            quoted + R"(" name=")" + quoted + R"(" file=")" + quoted + R"(" line="1">
      <failure type=")" +
            quoted + R"(" message=")" + quoted + R"(">)" + quoted + R"(
</failure>
      <system-out>)" +
            quoted + R"(
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}
