#include "syncwright/model/job_match.h"

#include <algorithm>

// What is hard: a job has no name. Graph gives it an id that begins with a template's, and answers
// with a template id that may be another than the one it was made from (docs/graph.md#13.14), while
// a manifest says `default`, a template or an id (docs/contract.md#4, "Which job"). A wrong match
// writes one job's schema to another, and no match at all creates a second job beside the first,
// which provisions every user twice. So the certain signs come first, a doubtful one is only used
// where nothing else claims the job, and what stays open is ambiguous and names the candidates.

namespace syncwright::model {
namespace {

std::string id_prefix(const LiveJob& job) {
  return job.id.substr(0, job.id.find('.'));
}

bool means_default_template(const DesiredJob& desired) {
  return desired.key == "default" && !desired.template_id && !desired.job_id;
}

bool is_of_template(const LiveJob& job, const std::string& wanted) {
  return job.template_id == wanted || id_prefix(job) == wanted;
}

/// Whether another entry says by id or template that the job is its own.
bool is_named_by_another(const LiveJob& job, const DesiredJob& desired,
                         const std::vector<DesiredJob>& entries) {
  return std::any_of(entries.begin(), entries.end(), [&](const DesiredJob& entry) {
    if (entry.key == desired.key || means_default_template(entry)) return false;
    return entry.job_id ? job.id == *entry.job_id : is_of_template(job, template_of(entry, {}));
  });
}

/// What key `default` means without a look at the templates.
const LiveJob* only_job(const DesiredJob& desired, const std::vector<DesiredJob>& entries,
                        const std::vector<LiveJob>& jobs) {
  if (jobs.size() != 1 || is_named_by_another(jobs.front(), desired, entries)) return nullptr;
  return &jobs.front();
}

JobMatch ambiguous(const std::vector<const LiveJob*>& jobs) {
  JobMatch match;
  for (const LiveJob* job : jobs) match.candidates.push_back(job->id);
  std::sort(match.candidates.begin(), match.candidates.end());
  return match;
}

JobMatch one_of(const std::vector<const LiveJob*>& jobs) {
  if (jobs.size() == 1) return {jobs.front(), {}};
  return ambiguous(jobs);
}

template <class Predicate>
std::vector<const LiveJob*> select(const std::vector<LiveJob>& jobs, Predicate predicate) {
  std::vector<const LiveJob*> selected;
  for (const LiveJob& job : jobs) {
    if (predicate(job)) selected.push_back(&job);
  }
  return selected;
}

/// Whether the job says which template it comes from: by its template id or by the start of its id.
/// With the list of templates at hand one of the two has to be on it.
bool says_its_template(const LiveJob& job, const std::vector<std::string>& template_ids) {
  if (template_ids.empty()) return !job.template_id.empty() || id_prefix(job) != job.id;
  const auto known = [&](const std::string& id) {
    return std::find(template_ids.begin(), template_ids.end(), id) != template_ids.end();
  };
  return known(job.template_id) || known(id_prefix(job));
}

JobMatch match_template(const std::string& wanted, const std::vector<LiveJob>& jobs,
                        const std::vector<std::string>& template_ids) {
  const auto equal = select(jobs, [&](const LiveJob& job) { return job.template_id == wanted; });
  if (!equal.empty()) return one_of(equal);
  const auto prefixed = select(jobs, [&](const LiveJob& job) { return id_prefix(job) == wanted; });
  if (!prefixed.empty()) return one_of(prefixed);
  return ambiguous(
      select(jobs, [&](const LiveJob& job) { return !says_its_template(job, template_ids); }));
}

}  // namespace

JobMatch match_job(const DesiredJob& desired, const std::vector<DesiredJob>& entries,
                   const std::vector<LiveJob>& jobs, const std::vector<std::string>& template_ids) {
  const auto everything = select(jobs, [](const LiveJob&) { return true; });
  if (desired.job_id) {
    const auto named = select(jobs, [&](const LiveJob& job) { return job.id == *desired.job_id; });
    return named.empty() ? ambiguous(everything) : one_of(named);
  }
  if (means_default_template(desired)) {
    if (const LiveJob* only = only_job(desired, entries, jobs)) return {only, {}};
    if (template_ids.empty()) return ambiguous(everything);
  }
  return match_template(template_of(desired, template_ids), jobs, template_ids);
}

bool needs_template_ids(const DesiredJob& desired, const std::vector<DesiredJob>& entries,
                        const std::vector<LiveJob>& jobs) {
  return means_default_template(desired) && !jobs.empty() &&
         only_job(desired, entries, jobs) == nullptr;
}

std::string template_of(const DesiredJob& desired, const std::vector<std::string>& template_ids) {
  if (desired.template_id) return *desired.template_id;
  if (!means_default_template(desired)) return desired.key;
  return template_ids.empty() ? std::string() : template_ids.front();
}

std::vector<std::string> entries_of_template(const std::vector<DesiredJob>& entries,
                                             const std::string& template_id,
                                             const std::vector<std::string>& template_ids) {
  std::vector<std::string> keys;
  for (const DesiredJob& entry : entries) {
    if (entry.absent || entry.job_id) continue;
    if (template_of(entry, template_ids) == template_id) keys.push_back(entry.key);
  }
  return keys;
}

}  // namespace syncwright::model
