#include "apply/steps/step.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

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

using Reader = graph_read::GraphReader;

std::vector<std::string> reads_of_start(const ApplicationRun& run, const std::string& key) {
  const auto job = run.jobs.find(key);
  if (job == run.jobs.end() || !job->second.stands_still) return {};
  return {Reader::service_principal_path(run.service_principal())};  // is it held?
}

}  // namespace

std::vector<std::string> reads_after_change(const ApplicationRun& run) {
  const std::string& principal = run.service_principal();
  if (run.closing) return {Reader::service_principal_path(principal)};
  if (run.next() == nullptr) return {};
  switch (run.next()->type) {
    case plan::ChangeType::job_create:
      return {Reader::synchronization_templates_path(principal), Reader::jobs_path(principal)};
    case plan::ChangeType::job_start:
      return reads_of_start(run, run.next()->job);
    case plan::ChangeType::application_instantiate:
    case plan::ChangeType::application_adopt:
    case plan::ChangeType::application_update:
    case plan::ChangeType::job_pause:
    case plan::ChangeType::assignment_add:
    case plan::ChangeType::credentials_validate:
    case plan::ChangeType::credentials_save:
    case plan::ChangeType::schema_put:
    case plan::ChangeType::assignment_remove:
    case plan::ChangeType::job_restart:
    case plan::ChangeType::job_delete:
    case plan::ChangeType::application_delete:
      return {};
  }
  return {};
}

std::vector<std::string> proof_and_next(const ApplicationRun& run, std::string proof) {
  std::vector<std::string> paths{std::move(proof)};
  for (std::string& path : reads_after_change(run)) paths.push_back(std::move(path));
  return paths;
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
