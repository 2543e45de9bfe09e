#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "plan/plan_file_parts.h"
#include "syncwright/plan/basis.h"

namespace syncwright::plan {

// A plan file holds the same fact more than once: the head repeats `desired`, the summary counts
// the changes, and a basis is the digest of fields that stand beside it. Whoever edits one place
// and not the other has made a plan that a reviewer reads one way and an apply another, and the
// digest of the file tells only that something was edited, not what (docs/contract.md#5). Each fact
// is computed again from its other half. This cannot tell whether the tenant agrees: that takes a
// new plan (review.h).

namespace {

/// The head says of the manifests what `desired` says.
const char* contradiction_of_head(const Plan& plan, const model::Desired& desired) {
  if (plan.project != desired.project) return "`project` is not the one of `desired`";
  if (plan.environment != desired.environment) return "`environment` is not the one of `desired`";
  if (desired.tenant_id && plan.tenant_id != *desired.tenant_id) {
    return "`tenantId` is not the one of `desired`";
  }
  if (plan.complete && !desired.complete) return "`complete` is not what `desired` says";
  // An application that could not be read appears as a refused change.
  const bool is_part_unread = std::any_of(
      plan.changes.begin(), plan.changes.end(),
      [](const Change& change) { return change.refusal && change.refusal->code == Code::SW5019; });
  if (!plan.complete && desired.complete && !is_part_unread) {
    return "`complete` is not what `desired` says";
  }
  return nullptr;
}

/// As assemble_plan counts, from the changes alone.
PlanSummary summary_of_changes(const Plan& plan, const model::Desired& desired) {
  PlanSummary summary;
  std::map<std::string, bool> is_created;  // by the applications that change
  for (const Change& change : plan.changes) {
    const ApplicationEffect effect = traits_of(change.type).effect;
    if (effect == ApplicationEffect::deleted) {
      ++summary.deleted;
    } else {
      is_created[change.application] |= effect == ApplicationEffect::created;
    }
  }
  for (const model::DesiredApplication& application : desired.applications) {
    const auto changed = is_created.find(application.name);
    if (changed == is_created.end()) {
      ++summary.unchanged;
    } else {
      ++(changed->second ? summary.create : summary.update);
    }
  }
  summary.orphaned = static_cast<int>(plan.orphans.size());
  summary.changes = static_cast<int>(plan.changes.size());
  summary.blocked = static_cast<int>(plan.count(ChangeStatus::blocked));
  summary.held = static_cast<int>(plan.count(ChangeStatus::held));
  return summary;
}

const char* contradiction_of_summary(const Plan& plan, const model::Desired& desired) {
  const PlanSummary counted = summary_of_changes(plan, desired);
  const PlanSummary& told = plan.summary;
  const std::array counts{
      std::pair(counted.create, told.create),     std::pair(counted.update, told.update),
      std::pair(counted.deleted, told.deleted),   std::pair(counted.unchanged, told.unchanged),
      std::pair(counted.orphaned, told.orphaned), std::pair(counted.changes, told.changes),
      std::pair(counted.blocked, told.blocked),   std::pair(counted.held, told.held)};
  const bool adds_up = std::all_of(counts.begin(), counts.end(),
                                   [](const auto& count) { return count.first == count.second; });
  return adds_up ? nullptr : "`summary` does not add up";
}

std::string basis_of_assignment(const Change& change, bool assigned) {
  const AssignmentPayload* payload = change.assignment();
  return assignment_basis(payload->principal_id, payload->app_role_id, assigned);
}

/// The basis that goes with the fields of a change; nullopt where changes of its type have none.
std::optional<std::string> basis_of_fields(const Change& change) {
  std::vector<schema::FieldChange> fields = change.fields;
  switch (traits_of(change.type).basis) {
    case BasisKind::none:
      return std::nullopt;
    case BasisKind::fields:
      return basis_of(fields);
    case BasisKind::identity:
      std::erase_if(fields,
                    [](const schema::FieldChange& field) { return field.path == "uniqueName"; });
      return basis_of(fields);
    case BasisKind::unassigned:
      return basis_of_assignment(change, false);
    case BasisKind::assigned:
      return basis_of_assignment(change, true);
  }
  return std::nullopt;
}

const char* contradiction_of_change(const Change& change) {
  if (change.basis && change.basis != basis_of_fields(change)) {
    return "has fields that its basis is not of";
  }
  if (change.provisional && (change.basis || !traits_of(change.type).may_be_provisional)) {
    return "cannot be provisional";
  }
  return nullptr;
}

}  // namespace

std::string contradiction_of(const PlanFile& file) {
  if (const char* head = contradiction_of_head(file.plan, file.desired)) return head;
  if (const char* summary = contradiction_of_summary(file.plan, file.desired)) return summary;
  for (const Change& change : file.plan.changes) {
    const char* fault = contradiction_of_change(change);
    if (fault != nullptr) return fmt::format("change `{}` {}", change.id(), fault);
  }
  return {};
}

}  // namespace syncwright::plan
