#include "syncwright/plan/approval.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::plan;

namespace {

Change change_of(const std::string& application, ChangeStatus status,
                 ChangeType type = ChangeType::application_update) {
  Change change;
  change.type = type;
  change.application = application;
  change.status = status;
  return change;
}

/// One application is refused, another one goes.
Plan partly_refused() {
  Plan plan;
  plan.changes = {change_of("box", ChangeStatus::planned), change_of("box", ChangeStatus::blocked),
                  change_of("slack", ChangeStatus::planned, ChangeType::application_delete)};
  return plan;
}

Consent skipping() {
  Consent consent;
  consent.skip_blocked = true;
  return consent;
}

}  // namespace

TEST_CASE("nothing stands against a plan without refusals and guards, and all of it is left") {
  Plan plan;
  plan.changes = {change_of("box", ChangeStatus::planned)};
  const ApprovalVerdict verdict = judge_plan(plan, {});
  CHECK(verdict.obstacle == Obstacle::none);
  CHECK(verdict.left_out.empty());
  CHECK(verdict.rest.changes.size() == 1);
}

TEST_CASE("a refused change stands against the plan, unless its application is left out whole") {
  CHECK(judge_plan(partly_refused(), {}).obstacle == Obstacle::refusals);
  const ApprovalVerdict verdict = judge_plan(partly_refused(), skipping());
  CHECK(verdict.obstacle == Obstacle::none);
  REQUIRE(verdict.left_out.size() == 2);
  CHECK(verdict.left_out[0].application == "box");
  CHECK(verdict.left_out[1].application == "box");
  REQUIRE(verdict.rest.changes.size() == 1);
  CHECK(verdict.rest.changes[0].application == "slack");
}

TEST_CASE("guards look at what is left, and are known where a refusal stands before them") {
  Consent consent = skipping();
  consent.acknowledged.max_deletes = 0;
  CHECK(judge_plan(partly_refused(), consent).obstacle == Obstacle::guards);
  consent.skip_blocked = false;
  const ApprovalVerdict verdict = judge_plan(partly_refused(), consent);
  CHECK(verdict.obstacle == Obstacle::refusals);
  CHECK(verdict.guards.size() == 1);

  Plan left_out = partly_refused();
  left_out.changes[2].application = "box";
  consent.skip_blocked = true;
  CHECK(judge_plan(left_out, consent).obstacle == Obstacle::none);
}

TEST_CASE("what cannot be read is told before anything that the plan holds") {
  Plan plan = partly_refused();
  plan.unreadable = Error{};
  CHECK(judge_plan(plan, {}).obstacle == Obstacle::unreadable);
  CHECK(judge_plan(plan, skipping()).obstacle == Obstacle::none);
  plan.nothing_readable = true;
  CHECK(judge_plan(plan, skipping()).obstacle == Obstacle::unreadable);
}

TEST_CASE("held changes are no work, and deletions come of --prune") {
  Plan plan;
  plan.changes = {change_of("box", ChangeStatus::held)};
  CHECK_FALSE(has_work(plan));
  CHECK_FALSE(prunes(plan));
  CHECK(has_work(partly_refused()));
  CHECK(prunes(partly_refused()));
}

TEST_CASE("a saved plan of a part is held against the same part of the manifests") {
  model::Desired manifests;
  manifests.complete = true;
  manifests.applications.resize(2);
  manifests.applications[0].name = "box";
  manifests.applications[1].name = "slack";
  model::Desired planned = manifests;
  CHECK(comparable_part(manifests, planned).applications.size() == 2);
  planned.complete = false;
  planned.applications.pop_back();
  const model::Desired part = comparable_part(manifests, planned);
  REQUIRE(part.applications.size() == 1);
  CHECK(part.applications.front().name == "box");
  CHECK_FALSE(part.complete);
}
