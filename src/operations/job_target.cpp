#include "syncwright/operations/job_target.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/model/job_match.h"

namespace syncwright::operations {

namespace {

std::vector<std::string> others_that_ran(const model::LiveApplication& live,
                                         const std::string& id) {
  std::vector<std::string> others;
  for (const model::LiveJob& job : live.jobs) {
    if (job.id != id && (job.is_started() || job.may_have_provisioned())) others.push_back(job.id);
  }
  return others;
}

}  // namespace

Result<HeldApplication> find_held(const model::LiveApplication& live,
                                  const model::DesiredApplication& desired,
                                  const std::string& key) {
  const std::vector<model::DesiredJob>& entries = desired.jobs;
  const auto named =
      std::find_if(entries.begin(), entries.end(),
                   [&key](const model::DesiredJob& entry) { return entry.key == key; });
  model::DesiredJob by_key;  // that no manifest describes
  by_key.key = key;
  const model::JobMatch match =
      named == entries.end() ? model::match_job(by_key, {}, live.jobs, live.template_ids)
                             : model::match_job(*named, entries, live.jobs, live.template_ids);
  if (!match.candidates.empty()) {
    return fail(
        ErrorKind::invalid_input,
        fmt::format("several jobs could be `{}`: {}", key, fmt::join(match.candidates, ", ")),
        "`syncwright status` lists the jobs");
  }
  const std::string& principal = live.reference.service_principal_id;
  if (match.job == nullptr) return HeldApplication{principal, std::nullopt};
  return HeldApplication{
      principal, JobTarget{principal, live.tags, *match.job, others_that_ran(live, match.job->id)}};
}

Error no_such_job(const std::string& application, const std::string& key) {
  Error error;
  error.kind = ErrorKind::invalid_input;
  error.message = fmt::format("`{}` has no job `{}`", application, key);
  error.advice = "`syncwright status` lists the jobs";
  return error;
}

}  // namespace syncwright::operations
