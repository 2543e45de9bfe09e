#include "syncwright/plan/plan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "plan/adoption.h"
#include "plan/draft.h"
#include "plan/guard.h"
#include "plan/orphan_plan.h"
#include "plan/planner.h"

namespace syncwright::plan {

namespace {

/// Both in the order of their enum.
constexpr std::array kHealthStates{"quarantine", "failing",   "entry-errors", "paused",
                                   "expired",    "unmanaged", "surplus"};
constexpr std::array kGuards{"deprovision",           "emptySet",   "expose",
                             "maxAssignmentRemovals", "maxDeletes", "maxUpdatesPercent"};

template <class Enum, std::size_t size>
std::optional<Enum> from_spelling(const std::array<const char*, size>& spellings,
                                  std::string_view text) {
  const auto found = std::find(spellings.begin(), spellings.end(), text);
  if (found == spellings.end()) return std::nullopt;
  return static_cast<Enum>(found - spellings.begin());
}

template <class T>
void move_to_end(std::vector<T>& from, std::vector<T>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

/// The lists of all parts, one behind the other. Each is freed as it is taken: those of ten
/// thousand applications are held once.
template <class T>
std::vector<T> gather(std::vector<ApplicationPlan>& parts, std::vector<T> ApplicationPlan::* list) {
  std::size_t count = 0;
  for (const ApplicationPlan& part : parts) count += (part.*list).size();
  std::vector<T> all;
  all.reserve(count);
  for (ApplicationPlan& part : parts) {
    std::vector<T> taken = std::exchange(part.*list, {});
    move_to_end(taken, all);
  }
  return all;
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
}

/// The changes of the manifests' applications and the deletions, by application, in order.
Changes merge_changes(std::vector<ApplicationPlan>& parts, std::vector<Change> deletions) {
  std::map<std::string, std::vector<Change>> deleted;
  for (Change& change : deletions) deleted[change.application].push_back(std::move(change));
  Changes changes;
  const auto append_deleted = [&](auto last) {
    for (auto each = deleted.begin(); each != last; each = deleted.erase(each)) {
      chain(each->second);
      changes.append(std::move(each->second));
    }
  };
  for (ApplicationPlan& part : parts) {
    append_deleted(deleted.lower_bound(part.application));
    std::vector<Change> list = std::exchange(part.changes, {});
    if (const auto also = deleted.find(part.application); also != deleted.end()) {
      move_to_end(also->second, list);
      deleted.erase(also);
      chain(list);
    }
    changes.append(std::move(list));
  }
  append_deleted(deleted.end());
  return changes;
}

/// What drift finds edits by, and an apply that follows at once starts from.
void keep_found(const model::Desired& desired, std::vector<ApplicationPlan>& parts, Plan& plan) {
  for (ApplicationPlan& part : parts) {
    if (!part.service_principal_id.empty()) {
      plan.existing.emplace_back(part.application, std::move(part.service_principal_id));
      if (part.located) plan.located.emplace(part.application, *std::exchange(part.located, {}));
    }
    const model::DesiredApplication* application = desired.find(part.application);
    if (application != nullptr && !part.gallery_template_id.empty()) {
      plan.gallery_templates.emplace(application->gallery, std::move(part.gallery_template_id));
    }
    plan.largest_schema = std::max(plan.largest_schema, part.largest_schema);
  }
}

}  // namespace

const char* to_string(HealthState state) {
  return kHealthStates.at(static_cast<std::size_t>(state));
}

std::optional<HealthState> health_state_from(std::string_view text) {
  return from_spelling<HealthState>(kHealthStates, text);
}

const char* to_string(Guard guard) {
  return kGuards.at(static_cast<std::size_t>(guard));
}

std::optional<Guard> guard_from(std::string_view text) {
  return from_spelling<Guard>(kGuards, text);
}

std::size_t Plan::count(ChangeStatus status) const {
  const auto counted =
      std::count_if(changes.begin(), changes.end(),
                    [status](const Change& change) { return change.status == status; });
  return static_cast<std::size_t>(counted);
}

bool Plan::has_refusals() const {
  return count(ChangeStatus::blocked) > 0;
}

const Change* Plan::find(std::string_view id) const {
  const auto found = std::find_if(changes.begin(), changes.end(),
                                  [id](const Change& change) { return change.id() == id; });
  return found == changes.end() ? nullptr : &*found;
}

Plan assemble_plan(const model::Desired& desired, const std::string& tenant_id,
                   std::vector<ApplicationPlan> parts, const std::vector<model::Orphan>& orphans,
                   Instant created_at, const PlanContext& context) {
  // Parts come in the order in which reads ended.
  std::sort(parts.begin(), parts.end(),
            [](const ApplicationPlan& left, const ApplicationPlan& right) {
              return left.application < right.application;
            });
  refuse_contested(parts);
  Plan plan;
  plan.project = desired.project;
  plan.environment = desired.environment;
  plan.tenant_id = tenant_id;
  plan.created_at = created_at;
  plan.manifest_digest = model::manifest_digest(desired);
  plan.complete = desired.complete;
  for (ApplicationPlan& part : parts) {
    plan.complete = plan.complete && part.readable;
  }
  plan.nothing_readable =
      !parts.empty() && std::none_of(parts.begin(), parts.end(),
                                     [](const ApplicationPlan& part) { return part.readable; });
  for (ApplicationPlan& part : parts) {
    if (!plan.complete) leave_absent_jobs(part);
    const bool weightier = !plan.unreadable || plan.unreadable->kind == ErrorKind::forbidden;
    if (part.unreadable && weightier) {
      plan.unreadable = within(*std::move(part.unreadable), part.application);
    }
    count(part, plan.summary);
  }
  plan.health = gather(parts, &ApplicationPlan::health);
  plan.diagnostics = gather(parts, &ApplicationPlan::diagnostics);
  OrphanPlan leftovers =
      plan_orphans(orphans, desired, parts, context, context.prune && plan.complete);
  for (Diagnostic& hint : rename_hints(desired, parts, orphans, context.prune && plan.complete)) {
    plan.diagnostics.push_back(std::move(hint));
  }
  plan.guards = guard_verdicts(desired, parts, leftovers.deletions);
  plan.updates = count_updates(parts);
  plan.orphans = std::move(leftovers.left);
  plan.summary.orphaned = static_cast<int>(plan.orphans.size());
  plan.summary.deleted = static_cast<int>(leftovers.deletions.size());
  plan.changes = merge_changes(parts, std::move(leftovers.deletions));
  keep_found(desired, parts, plan);
  plan.summary.changes = static_cast<int>(plan.changes.size());
  plan.summary.blocked = static_cast<int>(plan.count(ChangeStatus::blocked));
  plan.summary.held = static_cast<int>(plan.count(ChangeStatus::held));
  return plan;
}

Plan assemble_plan(const model::Desired& desired, const std::string& tenant_id,
                   std::vector<ApplicationPlan> parts, const std::vector<model::Orphan>& orphans,
                   Instant created_at) {
  return assemble_plan(desired, tenant_id, std::move(parts), orphans, created_at,
                       plan_context(desired));
}

Plan make_plan(const model::Desired& desired, const model::Live& live, Instant created_at,
               const PlanContext& context) {
  static const model::Findings nothing;
  PlanContext read_now = context;
  read_now.now = created_at;
  std::vector<ApplicationPlan> parts;
  for (const model::DesiredApplication& application : desired.applications) {
    const auto found = live.findings.find(application.name);
    parts.push_back(plan_application(
        application, found == live.findings.end() ? nothing : found->second, read_now));
  }
  return assemble_plan(desired, live.tenant_id, std::move(parts), live.orphans, created_at,
                       context);
}

Plan make_plan(const model::Desired& desired, const model::Live& live, Instant created_at) {
  return make_plan(desired, live, created_at, plan_context(desired));
}

}  // namespace syncwright::plan
