#include "syncwright/plan/plan.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace syncwright {

namespace {

template <class T>
void move_to_end(std::vector<T>& from, std::vector<T>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// A blocked application counts by what it would be.
void count(const ApplicationPlan& part, PlanSummary& summary) {
  if (part.changes.empty()) {
    ++summary.unchanged;
  } else if (part.exists) {
    ++summary.update;
  } else {
    ++summary.create;
  }
  summary.changes += static_cast<int>(part.changes.size());
}

std::vector<PlanOrphan> sorted(const std::vector<Orphan>& orphans) {
  std::vector<PlanOrphan> result;
  result.reserve(orphans.size());
  for (const Orphan& orphan : orphans) {
    result.push_back(
        {orphan.application, orphan.reference.service_principal_id, orphan.reference.display_name});
  }
  std::sort(result.begin(), result.end(), [](const PlanOrphan& left, const PlanOrphan& right) {
    return std::tie(left.application, left.service_principal_id) <
           std::tie(right.application, right.service_principal_id);
  });
  return result;
}

}  // namespace

bool Plan::has_refusals() const {
  return std::any_of(changes.begin(), changes.end(),
                     [](const Change& change) { return change.status == ChangeStatus::blocked; });
}

const Change* Plan::find(std::string_view id) const {
  const auto found = std::find_if(changes.begin(), changes.end(),
                                  [id](const Change& change) { return change.id == id; });
  return found == changes.end() ? nullptr : &*found;
}

Plan assemble_plan(const Desired& desired, const std::string& tenant_id,
                   std::vector<ApplicationPlan> parts, const std::vector<Orphan>& orphans,
                   Instant created_at) {
  // Parts come in the order in which reads ended.
  std::sort(parts.begin(), parts.end(),
            [](const ApplicationPlan& left, const ApplicationPlan& right) {
              return left.application < right.application;
            });
  Plan plan;
  plan.project = desired.project;
  plan.environment = desired.environment;
  plan.tenant_id = tenant_id;
  plan.created_at = created_at;
  plan.manifest_digest = manifest_digest(desired);
  plan.complete = desired.complete;
  for (ApplicationPlan& part : parts) {
    plan.complete = plan.complete && part.readable;
    if (!plan.unreadable) plan.unreadable = std::move(part.unreadable);
    count(part, plan.summary);
    move_to_end(part.changes, plan.changes);
    move_to_end(part.health, plan.health);
    move_to_end(part.diagnostics, plan.diagnostics);
  }
  plan.orphans = sorted(orphans);
  plan.summary.orphaned = static_cast<int>(plan.orphans.size());
  return plan;
}

Plan make_plan(const Desired& desired, const Live& live, Instant created_at) {
  static const Findings nothing;
  const PlanContext context = plan_context(desired);
  std::vector<ApplicationPlan> parts;
  for (const DesiredApplication& application : desired.applications) {
    const auto found = live.findings.find(application.name);
    parts.push_back(plan_application(
        application, found == live.findings.end() ? nothing : found->second, context));
  }
  return assemble_plan(desired, live.tenant_id, std::move(parts), live.orphans, created_at);
}

}  // namespace syncwright
