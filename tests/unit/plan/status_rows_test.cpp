#include <doctest/doctest.h>

#include "syncwright/model/ownership.h"
#include "syncwright/report/status_text.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

TEST_CASE("status shows the jobs of a manifest, what holds them, and why there is none to show") {
  model::DesiredApplication dark = salesforce();
  dark.name = "dark";
  const model::Desired desired = project({bare("absent"), dark, salesforce()});
  model::LiveApplication held = settled(salesforce());
  held.tags.push_back(model::hold_tag("audit"));
  model::Live live;
  live.findings["absent"] = nothing_found();
  live.findings["dark"].unreadable = Error{};
  live.findings[salesforce().name] = found(held);
  const LiveApplications applications(desired, live, plan_context(desired));

  const std::vector<report::StatusRow> rows = report::status_rows(salesforce(), applications);
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().job == salesforce().jobs.front().key);
  CHECK(rows.front().job_id == running_job().id);
  CHECK(rows.front().state == "started");
  CHECK(rows.front().note == "held: audit; `syncwright job start --app " + salesforce().name +
                                 " --release` lets go of it");

  const std::vector<report::StatusRow> absent = report::status_rows(bare("absent"), applications);
  REQUIRE(absent.size() == 1);
  CHECK(absent.front().state == "missing");
  CHECK(absent.front().note == "not in the tenant yet");

  const std::vector<report::StatusRow> unreadable = report::status_rows(dark, applications);
  REQUIRE(unreadable.size() == 1);
  CHECK(unreadable.front().state == "unreadable");
}
