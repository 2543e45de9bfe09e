#include "syncwright/plan/review.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

using Lines = std::vector<std::string>;

Lines unlike(const Plan& reviewed, const Plan& fresh) {
  Lines lines;
  for (const Difference& difference :
       review_differences(reviewed, fresh, ReviewedFindings::compared)) {
    lines.push_back(difference.what);
    const bool of_change = difference.what.find(": ") != std::string::npos;
    CHECK(difference.application == (of_change ? "salesforce-contoso" : ""));
  }
  return lines;
}

/// Salesforce, renamed by hand.
model::LiveApplication renamed() {
  model::LiveApplication live = settled(salesforce());
  live.reference.display_name = "Sales";
  return live;
}

}  // namespace

TEST_CASE("what was reviewed is what a plan says now: in its head, its changes and its lists") {
  const Plan reviewed = planned(salesforce(), found(renamed()));
  CHECK(unlike(reviewed, reviewed).empty());

  Plan fresh = reviewed;
  fresh.created_at = kNow + Milliseconds{60'000};
  CHECK(unlike(reviewed, fresh).empty());
  fresh.tenant_id = "another";
  fresh.summary.update = 2;
  fresh.orphans.push_back({"old", "sp", "Old"});
  fresh.guards.push_back({Guard::deprovision, "m", "--allow-deprovision 1", 1, 0});
  CHECK(unlike(reviewed, fresh) == Lines{"guards", "orphans", "summary.update", "tenantId"});

  fresh = reviewed;
  fresh.changes[0].fields[0].before = "Sales 2";
  fresh.changes[0].reason = "another";
  CHECK(unlike(reviewed, fresh) == Lines{"salesforce-contoso/update: fields.0.before, reason"});
  fresh = reviewed;
  fresh.changes[0].risks = {Risk::deprovision};
  CHECK(unlike(reviewed, fresh) == Lines{"salesforce-contoso/update: risk"});
  CHECK(unlike(fresh, reviewed) == Lines{"salesforce-contoso/update: risk"});
  fresh = reviewed;
  fresh.changes[0].type = ChangeType::job_pause;
  CHECK(unlike(reviewed, fresh) == Lines{"salesforce-contoso/update: not called for any more",
                                         "salesforce-contoso/jobs//pause: not reviewed"});
}

TEST_CASE("a running job does not make a plan stale, an edit of what it replaces does") {
  model::LiveApplication live = renamed();
  const Plan saved = planned(salesforce(), found(live));
  live.jobs[0].status_code = "NotRun";
  live.jobs[0].last_execution->count_imported = 12;
  live.jobs[0].last_execution->state = "Failed";
  live.tags.emplace_back("somebody-elses");
  CHECK(unlike(saved, planned(salesforce(), found(live))).empty());
  live.reference.display_name = "Sales 2";
  CHECK(unlike(saved, planned(salesforce(), found(live))) ==
        Lines{"salesforce-contoso/update: basis, fields.0.before"});
}

TEST_CASE("places are not compared, since a plan file does not keep them") {
  const Plan saved = planned(salesforce(), found(renamed()));
  model::DesiredApplication moved = salesforce();
  moved.where.line = 90;
  moved.row = {"rows.csv", 3, 1, 0};
  CHECK(unlike(saved, planned(moved, found(renamed()))).empty());
  Plan left = saved;
  Plan right = saved;
  left.guards = {
      {Guard::empty_set, "1 application set has no row: a.yaml:3", "--allow-empty", 1, 0}};
  right.guards = {{Guard::empty_set, "1 application set has no row", "--allow-empty", 1, 0}};
  CHECK(unlike(left, right).empty());
}

TEST_CASE("findings count where the project's severities are known") {
  const Plan saved = planned(salesforce(), found(renamed()));
  Plan fresh = saved;
  fresh.diagnostics.push_back({Code::SW4001, Severity::warning, "m", "a", {"f.yaml", 3, 2, 0}});
  CHECK(unlike(saved, fresh) == Lines{"diagnostics"});
  CHECK(review_differences(saved, fresh, ReviewedFindings::left_out).empty());
}

TEST_CASE("of what could not be read the id of the request does not count") {
  const auto unread = [](const char* request) {
    model::Findings findings;
    findings.unreadable = Error{ErrorKind::forbidden, "not allowed", "", 403, "Denied", request};
    return planned(bare("sf"), findings);
  };
  CHECK(unlike(unread("r-1"), unread("r-2")).empty());
}
