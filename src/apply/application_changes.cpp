#include "apply/application_changes.h"

#include <fmt/format.h>

#include <algorithm>

namespace syncwright::apply {

namespace {

bool is_about(plan::ChangeSubject subject, const plan::Change& change) {
  return plan::traits_of(change.type).subject == subject;
}

/// A job that is deleted is one that the manifest says is absent, and nothing else is done to it.
bool describes(const model::DesiredJob& job, const plan::Change& change) {
  if (job.key != change.job) return false;
  if (job.absent != (change.type == plan::ChangeType::job_delete)) return false;
  return change.type != plan::ChangeType::schema_put || job.schema || job.base_schema;
}

bool is_described(const model::DesiredApplication* application, const plan::Change& change) {
  // Whether an application is ours to delete is checked on its tags, by delete_application.
  if (change.type == plan::ChangeType::application_delete) return true;
  if (application == nullptr) return false;
  if (is_about(plan::ChangeSubject::assignment, change))
    return application->assignments.has_value();
  if (!is_about(plan::ChangeSubject::job, change)) return true;
  return std::any_of(application->jobs.begin(), application->jobs.end(),
                     [&](const model::DesiredJob& job) { return describes(job, change); });
}

}  // namespace

std::vector<const plan::Change*> ApplicationChanges::due() const {
  std::vector<const plan::Change*> due;
  for (const plan::Change& change : *changes) {
    if (change.status != plan::ChangeStatus::held) due.push_back(&change);
  }
  return due;
}

Result<std::vector<ApplicationChanges>> changes_by_application(const plan::Plan& plan,
                                                               const model::Desired& desired) {
  std::vector<ApplicationChanges> all;
  all.reserve(plan.changes.by_application().size());
  for (const std::vector<plan::Change>& changes : plan.changes.by_application()) {
    ApplicationChanges made{&changes, desired.find(changes.front().application), {}};
    const std::vector<const plan::Change*> due = made.due();
    for (const plan::Change* change : due) {
      if (is_described(made.desired, *change)) continue;
      return fail(
          ErrorKind::invalid_input,
          fmt::format("the plan has {}, which its manifests do not describe", change->id()));
    }
    if (!due.empty()) all.push_back(std::move(made));
  }
  return all;
}

bool needs_secrets(const plan::Change& change) {
  return is_about(plan::ChangeSubject::settings, change);
}

}  // namespace syncwright::apply
