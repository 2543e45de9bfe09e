#include "apply/steps/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "syncwright/plan/basis.h"

namespace syncwright::apply {

StepResult run_step(ApplicationRun& run, const plan::Change& change) {
  switch (change.type) {
    case plan::ChangeType::application_instantiate:
      return instantiate_application(run, change);
    case plan::ChangeType::application_adopt:
      return adopt_application(run, change);
    case plan::ChangeType::application_update:
      return update_application(run, change);
    case plan::ChangeType::job_pause:
      return pause_job(run, change);
    case plan::ChangeType::assignment_add:
      return add_assignment(run, change);
    case plan::ChangeType::job_create:
      return create_job(run, change);
    case plan::ChangeType::credentials_validate:
      return validate_credentials(run, change);
    case plan::ChangeType::credentials_save:
      return save_credentials(run, change);
    case plan::ChangeType::schema_put:
      return put_schema(run, change);
    case plan::ChangeType::assignment_remove:
      return remove_assignment(run, change);
    case plan::ChangeType::job_restart:
      return restart_job(run, change);
    case plan::ChangeType::job_start:
      return start_job(run, change);
    case plan::ChangeType::job_delete:
      return delete_job(run, change);
    case plan::ChangeType::application_delete:
      return delete_application(run, change);
  }
  return fail(ErrorKind::internal, "a change of an unknown type");
}

namespace {

const schema::FieldChange* find(const std::vector<schema::FieldChange>& fields,
                                const std::string& path) {
  const auto found =
      std::find_if(fields.begin(), fields.end(),
                   [&](const schema::FieldChange& field) { return field.path == path; });
  return found == fields.end() ? nullptr : &*found;
}

/// Paths that are in one list only or have another `before`.
std::vector<std::string> moved_paths(const std::vector<schema::FieldChange>& planned,
                                     const std::vector<schema::FieldChange>& fresh) {
  std::vector<std::string> paths;
  for (const schema::FieldChange& field : planned) {
    const schema::FieldChange* now = find(fresh, field.path);
    if (now == nullptr || now->before != field.before) paths.push_back(field.path);
  }
  for (const schema::FieldChange& field : fresh) {
    if (find(planned, field.path) == nullptr) paths.push_back(field.path);
  }
  return paths;
}

}  // namespace

Result<void> check_basis(const plan::Change& change,
                         const std::vector<schema::FieldChange>& fresh) {
  if (!change.basis || *change.basis == plan::basis_of(fresh)) return {};
  return fail(ErrorKind::stale,
              fmt::format("changed since the plan was made: {}",
                          fmt::join(moved_paths(change.fields, fresh), ", ")),
              "Plan again.");
}

}  // namespace syncwright::apply
