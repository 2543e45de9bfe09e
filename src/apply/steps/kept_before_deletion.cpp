#include "apply/steps/kept_before_deletion.h"

#include <fmt/format.h>

namespace syncwright {

namespace {

/// A job that never got a schema, a service principal that never had synchronization.
bool is_nothing_to_keep(const Error& error) {
  return error.kind == ErrorKind::not_found || error.kind == ErrorKind::rejected;
}

template <class T>
Result<std::optional<T>> read_if_there(Result<T> read, const char* what) {
  if (read) return std::optional<T>(std::move(*read));
  if (is_nothing_to_keep(read.error())) return std::optional<T>();
  return fail(within(read.error(), fmt::format("nothing is deleted before {} kept", what)));
}

Result<void> keep_schema_in(ApplicationRun& run, const std::string& folder, const std::string& name,
                            const std::string& job_id) {
  const auto schema = read_if_there(
      run.reader().schema(run.service_principal(), job_id, run.in_flight()), "the schema is");
  if (!schema) return fail(schema.error());
  return *schema ? run.context.backup.schema(folder, name, (*schema)->text()) : Result<void>();
}

Result<void> keep_jobs(ApplicationRun& run, const std::string& folder) {
  const auto jobs =
      read_if_there(run.reader().jobs(run.service_principal(), run.in_flight()), "the jobs are");
  if (!jobs) return fail(jobs.error());
  if (!*jobs) return {};
  for (const LiveJob& job : **jobs) {
    if (auto kept = keep_schema_in(run, folder, job.id, job.id); !kept) return kept;
  }
  return {};
}

}  // namespace

Result<void> keep_schema(ApplicationRun& run, const std::string& name, const std::string& job_id) {
  return keep_schema_in(run, run.desired.name, name, job_id);
}

Result<void> keep_application(ApplicationRun& run) {
  const std::string& principal = run.service_principal();
  if (principal.empty()) return {};
  const std::string folder = fmt::format("{}-{}", run.desired.name, principal);
  if (auto kept = keep_jobs(run, folder); !kept) return kept;
  const auto secrets =
      read_if_there(run.reader().secrets(principal, run.in_flight()), "the settings are");
  if (!secrets) return fail(secrets.error());
  if (*secrets && !(*secrets)->empty()) {
    if (auto kept = run.context.backup.secrets(folder, **secrets); !kept) return kept;
  }
  const auto assignments =
      read_if_there(run.reader().assignments(principal, run.in_flight()), "the assignments are");
  if (!assignments) return fail(assignments.error());
  if (!*assignments || (*assignments)->empty()) return {};
  return run.context.backup.assignments(folder, **assignments);
}

}  // namespace syncwright
