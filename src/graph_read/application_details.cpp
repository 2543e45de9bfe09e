#include "graph_read/application_details.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "syncwright/model/job_match.h"

namespace syncwright::graph_read {

namespace {

class DetailsReader {
 public:
  DetailsReader(ApplicationDoor& door, const model::DesiredApplication& desired,
                std::stop_token stop)
      : door_(door), reader_(door.reader()), desired_(desired), stop_(std::move(stop)) {}

  [[nodiscard]] Result<Presence> read(model::LiveApplication& application, bool just_read);

 private:
  [[nodiscard]] Result<void> read_templates(model::LiveApplication& application);
  [[nodiscard]] Result<void> read_schemas(model::LiveApplication& application);
  [[nodiscard]] bool in_secrets() const;

  ApplicationDoor& door_;
  GraphReader& reader_;
  const model::DesiredApplication& desired_;
  const std::stop_token stop_;
};

Result<Presence> DetailsReader::read(model::LiveApplication& application, bool just_read) {
  const std::string& id = application.reference.service_principal_id;
  Result<std::vector<model::LiveJob>> jobs;
  Result<std::vector<model::LiveSecret>> secrets;
  Result<std::vector<model::LiveAppRole>> roles;
  Result<std::vector<model::LiveAssignment>> assignments;
  std::vector<ApplicationDoor::Read> reads;
  if (in_secrets()) {
    reads.push_back({GraphReader::secrets_path(id), [&] { secrets = reader_.secrets(id, stop_); }});
  }
  reads.push_back({GraphReader::jobs_path(id), [&] { jobs = reader_.jobs(id, stop_); }});
  if (desired_.assignments) {
    reads.push_back(
        {GraphReader::app_roles_path(id), [&] { roles = reader_.app_roles(id, stop_); }});
    reads.push_back(
        {GraphReader::assignments_path(id), [&] { assignments = reader_.assignments(id, stop_); }});
  }
  door_.read_together(reads);
  if (secrets) application.secrets = std::move(*secrets);
  if (roles && assignments) {
    application.app_roles = std::move(*roles);
    application.assignments = std::move(*assignments);
  }
  if (!jobs && jobs.error().kind == ErrorKind::not_found) {
    // Either the list names what is deleted, or the synchronization service does not know the
    // service principal yet (docs/graph.md#6): then it has no jobs and no secrets.
    if (just_read) return Presence::there;
    const auto fresh = reader_.service_principal(id, stop_);
    if (!fresh) return fail(fresh.error());
    return *fresh ? Presence::there : Presence::gone;
  }
  if (!jobs) return fail(std::move(jobs).error());
  if (!secrets) return fail(std::move(secrets).error());
  if (!roles) return fail(std::move(roles).error());
  if (!assignments) return fail(std::move(assignments).error());
  application.jobs = std::move(*jobs);
  if (Result<void> schemas = read_schemas(application); !schemas) return fail(schemas.error());
  return Presence::there;
}

/// Whether the manifest manages anything that lies in the secrets collection.
bool DetailsReader::in_secrets() const {
  return desired_.scope || desired_.credentials || desired_.notifications || desired_.deletions;
}

/// Which templates there are: where that decides which job is meant, and where a job is to be made,
/// so that a template that is not offered is told before anything is written.
Result<void> DetailsReader::read_templates(model::LiveApplication& application) {
  const auto& jobs = desired_.jobs;
  const bool undecided = std::any_of(jobs.begin(), jobs.end(), [&](const model::DesiredJob& job) {
    return model::needs_template_ids(job, jobs, application.jobs);
  });
  const bool missing = std::any_of(jobs.begin(), jobs.end(), [&](const model::DesiredJob& job) {
    return !job.absent && !job.job_id &&
           model::match_job(job, jobs, application.jobs, {}).job == nullptr;
  });
  if (!undecided && !missing) return {};
  const std::string& id = application.reference.service_principal_id;
  auto template_ids = reader_.synchronization_templates(id, stop_);
  if (!template_ids) {
    // A young service principal is unknown to the service (docs/graph.md#5.4): apply asks again.
    const bool answered = template_ids.error().status >= 400;
    return undecided || !answered ? fail(std::move(template_ids).error()) : Result<void>();
  }
  application.template_ids = std::move(*template_ids);
  return {};
}

Result<void> DetailsReader::read_schemas(model::LiveApplication& application) {
  const std::string& id = application.reference.service_principal_id;
  if (auto templates = read_templates(application); !templates) return templates;
  for (const model::DesiredJob& desired : desired_.jobs) {
    if (desired.absent || !desired.schema) continue;
    const model::JobMatch match =
        model::match_job(desired, desired_.jobs, application.jobs, application.template_ids);
    if (match.job == nullptr || match.job->schema) continue;
    door_.schemas().await();
    auto schema = reader_.schema(id, match.job->id, stop_);
    if (!schema) return fail(std::move(schema).error());
    door_.schemas().hold(schema->text().size());
    const auto index = static_cast<std::size_t>(match.job - application.jobs.data());
    application.jobs[index].schema = std::move(*schema);
  }
  return {};
}

}  // namespace

Result<Presence> read_details(ApplicationDoor& door, const model::DesiredApplication& desired,
                              model::LiveApplication& application, bool just_read,
                              std::stop_token stop) {
  return DetailsReader(door, desired, std::move(stop)).read(application, just_read);
}

}  // namespace syncwright::graph_read
