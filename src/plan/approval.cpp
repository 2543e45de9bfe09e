#include "syncwright/plan/approval.h"

#include <algorithm>
#include <set>
#include <utility>

#include "plan/guard.h"

// An apply is refused for the first of three reasons, and the order is what makes each message
// true (docs/contract.md#4). A tenant that cannot be read says nothing about the plan, so that is
// told before any refusal. A refused change concerns one application, which --skip-blocked leaves
// out whole: half an application is a state that nobody described. Guards come last and look at
// what is left, since a figure that counts applications which are left out anyway would ask for a
// flag that lets through more than is done.

namespace syncwright::plan {

ApprovalVerdict judge_plan(Plan plan, const Consent& consent) {
  std::set<std::string> blocked;
  ApprovalVerdict verdict;
  for (const Change& change : plan.changes) {
    if (change.status == ChangeStatus::blocked) blocked.insert(change.application);
  }
  verdict.rest = std::move(plan);
  verdict.left_out = verdict.rest.changes.take_applications(
      [&](const std::string& application) { return blocked.contains(application); });
  verdict.guards = unmet_guards(verdict.rest, consent.acknowledged);
  if (verdict.rest.unreadable && (verdict.rest.nothing_readable || !consent.skip_blocked)) {
    verdict.obstacle = Obstacle::unreadable;
  } else if (!blocked.empty() && !consent.skip_blocked) {
    verdict.obstacle = Obstacle::refusals;
  } else if (!verdict.guards.empty()) {
    verdict.obstacle = Obstacle::guards;
  }
  return verdict;
}

bool is_opened_by_flag(const GuardVerdict& verdict) {
  return verdict.acknowledge.starts_with("--");
}

bool has_work(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(),
                     [](const Change& change) { return change.status == ChangeStatus::planned; });
}

bool prunes(const Plan& plan) {
  return std::any_of(plan.changes.begin(), plan.changes.end(),
                     [](const Change& change) { return traits_of(change.type).deletes(); });
}

model::Desired comparable_part(model::Desired manifests, const model::Desired& planned) {
  if (planned.complete || planned.applications.empty()) {
    manifests.complete = manifests.complete || planned.complete;
    return manifests;
  }
  std::erase_if(manifests.applications, [&planned](const model::DesiredApplication& application) {
    return planned.find(application.name) == nullptr;
  });
  manifests.complete = false;
  manifests.empty_sets = planned.empty_sets;
  return manifests;
}

}  // namespace syncwright::plan
