#include <doctest/doctest.h>

#include "syncwright/plan/basis.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

// Every row of the table in docs/ownership.md: what it means that a tag is gone.

namespace {

using Tags = std::vector<std::string>;

/// Somebody took tags off; the unique name still says whose the application is.
Plan planned_claimed(const model::DesiredApplication& desired, model::LiveApplication live,
                     Tags tags) {
  live.tags = std::move(tags);
  model::Findings findings = nothing_found();
  findings.claimed = std::move(live);
  return planned(desired, findings);
}

model::LiveApplication stopped(const model::DesiredApplication& desired) {
  model::LiveApplication live = settled(desired);
  live.jobs.at(0).schedule_state = "Disabled";
  return live;
}

/// A manifest that asks for a started job and nothing else.
model::DesiredApplication starting() {
  model::DesiredApplication application = bare("sf");
  model::DesiredJob job;
  job.key = "default";
  job.state = model::JobState::started;
  application.jobs = {job};
  return application;
}

Json tags_after(const Plan& plan) {
  for (const schema::FieldChange& field : plan.changes[0].fields) {
    if (field.path == "tags") return field.after;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("SW5031: a job that stood still when the ownership tags were removed is held") {
  const Plan plan = planned_claimed(starting(), stopped(starting()), {"HideApp"});
  CHECK(outline(plan) ==
        "planned application.update sf/update\n"
        "held job.start sf/jobs/default/start\n");
  CHECK(plan.changes[0].reason == "its ownership tags were removed");
  const Refusal refusal = refusal_of(plan);
  CHECK(refusal.code == Code::SW5031);
  CHECK(refusal.message ==
        "the application's ownership tags were removed, so that nobody knows whether the job was "
        "on hold");
  CHECK(refusal.advice == "`syncwright job start --app sf --release` starts it");
  CHECK(tags_after(plan) == Json{"syncwright:contoso/prod", "syncwright-app:sf",
                                 "syncwright-protected",
                                 "syncwright-hold:its ownership tags were removed"});
  CHECK(tags_to_write(plan.changes[0]) == Tags{"syncwright:contoso/prod", "syncwright-app:sf",
                                               "syncwright-protected",
                                               "syncwright-hold:its ownership tags were removed"});
}

TEST_CASE("the hold that was put back with the tags keeps what stands still, and nothing else") {
  model::LiveApplication live = stopped(starting());
  live.tags.push_back(model::hold_tag(model::kLostTagsHold));
  const Plan plan = planned(starting(), found(live));
  CHECK(outline(plan) == "held job.start sf/jobs/default/start\n");
  CHECK(refusal_of(plan).code == Code::SW5031);
  live.jobs[0].schedule_state = "Active";
  CHECK(outline(planned(starting(), found(live))).empty());
}

TEST_CASE("a job of another key is released by its key") {
  model::DesiredApplication desired = starting();
  desired.jobs[0].key = "salesforce";
  CHECK(refusal_of(planned_claimed(desired, stopped(desired), {})).advice ==
        "`syncwright job start --app sf --job salesforce --release` starts it");
}

TEST_CASE("either ownership tag alone is not enough") {
  for (const char* left : {"syncwright:contoso/prod", "syncwright-app:sf"}) {
    CAPTURE(left);
    CHECK(refusal_of(planned_claimed(starting(), stopped(starting()), {left})).code ==
          Code::SW5031);
  }
}

TEST_CASE("a job that is not there any more is made, and not started") {
  model::LiveApplication live = settled(starting());
  live.jobs.clear();
  CHECK(outline(planned_claimed(starting(), live, {"syncwright-protected"})) ==
        "planned application.update sf/update\n"
        "planned job.create sf/jobs/default\n"
        "held job.start sf/jobs/default/start\n");
}

TEST_CASE("what runs goes on running, and needs no hold") {
  const Plan plan = planned_claimed(starting(), settled(starting()), {});
  CHECK(outline(plan) == "planned application.update sf/update\n");
  CHECK(tags_after(plan) ==
        Json{"syncwright:contoso/prod", "syncwright-app:sf", "syncwright-protected"});
}

TEST_CASE("an operator's hold that was left says more than the lost tags") {
  const Plan plan =
      planned_claimed(starting(), stopped(starting()), {"syncwright-hold:incident 42"});
  CHECK(refusal_of(plan).code == Code::SW5014);
}

TEST_CASE("a quarantine that a person decides about says more as well") {
  model::LiveApplication live = stopped(starting());
  live.jobs[0].quarantine = model::LiveQuarantine{};
  live.jobs[0].quarantine->reason = "TooManyDeletes";
  CHECK(refusal_of(planned_claimed(starting(), live, {})).code == Code::SW5014);
}

TEST_CASE("a restart that may be due is planned again, and its tag put back") {
  model::DesiredApplication desired = starting();
  desired.scope = model::Scope::assigned;
  const Plan plan = planned_claimed(desired, settled(desired), {});
  CHECK(outline(plan) ==
        "planned application.update sf/update\n"
        "planned job.restart sf/jobs/default/restart\n");
  CHECK(plan.changes[1].reason ==
        "its ownership tags were removed, and with them whether a scope that went from all to "
        "assigned still waits for a restart");
  CHECK(tags_after(plan) ==
        Json{"syncwright:contoso/prod", "syncwright-app:sf", "syncwright-protected",
             "syncwright-pending:restart:salesforce.0c5a9d5211f44a4e9d3c6f6a4a0a7d11"});

  SUBCASE("a job that stands still is held first, and restarted once it is released") {
    const Plan held = planned_claimed(desired, stopped(desired), {});
    CHECK(outline(held) ==
          "planned application.update sf/update\n"
          "held job.start sf/jobs/default/start\n");
    CHECK(tags_after(held).size() == 5);
  }
  SUBCASE("a scope that nobody manages or that is all waits for none") {
    desired.scope = model::Scope::all;
    CHECK(outline(planned_claimed(desired, settled(desired), {})) ==
          "planned application.update sf/update\n");
    desired.scope.reset();
    CHECK(outline(planned_claimed(desired, settled(desired), {})) ==
          "planned application.update sf/update\n");
  }
  SUBCASE("a job that never ran waits for none") {
    model::LiveApplication young = stopped(desired);
    young.jobs[0].status_code = "Paused";
    young.jobs[0].last_execution.reset();
    CHECK(tags_after(planned_claimed(desired, young, {})).size() == 4);
  }
}

TEST_CASE("protection counts as on, unless the manifest speaks of it") {
  model::DesiredApplication desired = bare("sf");
  desired.jobs = starting().jobs;
  desired.protect = false;
  CHECK(tags_after(planned_claimed(desired, settled(desired), {})) ==
        Json{"syncwright:contoso/prod", "syncwright-app:sf"});
  desired.protect = true;
  CHECK(tags_after(planned_claimed(desired, settled(desired), {})) ==
        Json{"syncwright:contoso/prod", "syncwright-app:sf", "syncwright-protected"});
}

TEST_CASE("without its revision's tag the credentials are saved again, and the plan says so") {
  model::LiveApplication live = settled(salesforce());
  live.tags.pop_back();
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) ==
        "planned credentials.validate salesforce-contoso/credentials/validate\n"
        "planned credentials.save salesforce-contoso/credentials\n");
  CHECK(plan.changes[1].reason == "revision \"2026-11\" has not been saved");
}

TEST_CASE("without the digest of what was applied nobody knows who changed what") {
  model::LiveApplication live = stopped(starting());
  CHECK(planned(starting(), found(live)).changes[0].cause == Cause::unknown);
  live.tags.push_back("syncwright-applied:" + applied_digest(starting()));
  CHECK(planned(starting(), found(live)).changes[0].cause == Cause::tenant);
}

TEST_CASE("nothing tells of a hold, a restart or a protection that went alone") {
  CHECK(outline(planned(starting(), found(stopped(starting())))) ==
        "planned job.start sf/jobs/default/start\n");
  model::DesiredApplication desired = starting();
  desired.scope = model::Scope::assigned;
  CHECK(outline(planned(desired, found(settled(desired)))).empty());
  desired.protect = true;
  CHECK(outline(planned(desired, found(settled(desired)))) ==
        "planned application.update sf/update\n");
}

TEST_CASE("a first creation that was killed is not one that lost its tags") {
  model::LiveApplication live = settled(starting());
  live.reference.display_name = "syncwright:contoso/prod/sf";
  live.jobs.clear();
  const Plan plan = planned_claimed(starting(), live, {"HideApp"});
  CHECK(outline(plan) ==
        "planned application.update sf/update\n"
        "planned job.create sf/jobs/default\n"
        "planned job.start sf/jobs/default/start\n");
  CHECK(tags_after(plan) == Json{"syncwright:contoso/prod", "syncwright-app:sf"});
}

TEST_CASE(
    "a taking over that was killed before its tags looks like lost tags: what stands is held") {
  model::DesiredApplication desired = starting();
  desired.adopt.mode = model::Adopt::Mode::by_name;
  const Plan plan = planned_claimed(desired, stopped(desired), {});
  CHECK(plan.changes[0].reason ==
        "finishes the taking over that an earlier run began, unless its tags were removed");
  CHECK(refusal_of(plan).code == Code::SW5031);
  SUBCASE("what was made by hand without a job has nothing that stood still") {
    model::LiveApplication live = settled(desired);
    live.jobs.clear();
    CHECK(outline(planned_claimed(desired, live, {})) ==
          "planned application.update sf/update\n"
          "planned job.create sf/jobs/default\n"
          "planned job.start sf/jobs/default/start\n");
  }
}
