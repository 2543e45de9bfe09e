#include <fmt/format.h>

#include <algorithm>

#include "known_job.h"
#include "read_back.h"
#include "step.h"
#include "syncwright/model/job_match.h"

namespace syncwright {

namespace {

/// How long the list may take to show a job that was just made, by a POST whose answer was lost or
/// by another run.
constexpr Milliseconds kJobListLag{60'000};
constexpr Milliseconds kOthersLag{30'000};

struct Created {
  std::string id;     ///< empty: the answer to the POST was lost
  bool made = false;  ///< by this run
};

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Error no_template(const DesiredJob& job, const std::vector<std::string>& listed, Error last) {
  if (last.kind != ErrorKind::not_found) return last;
  last.message =
      template_of(job, listed).empty()
          ? "the application offers no synchronization template to make a job from"
          : fmt::format("the application offers no synchronization template {}; it has {}",
                        template_of(job, listed),
                        listed.empty() ? "none" : fmt::format("{}", fmt::join(listed, ", ")));
  last.advice =
      "Not every gallery application supports provisioning; see `syncwright catalog --app`.";
  return last;
}

/// The template to make the job from, as soon as the service lists it.
Result<std::vector<std::string>> await_template(ApplicationRun& run, const DesiredJob& job) {
  std::vector<std::string> listed;
  auto known = settle<std::vector<std::string>>(
      run.patience(),
      run.subject("the synchronization templates to be listed", Tolerance::templates),
      [&]() -> Result<std::optional<std::vector<std::string>>> {
        auto ids = run.reader().synchronization_templates(run.service_principal(), run.in_flight());
        if (!ids) return fail(ids.error());
        listed = std::move(*ids);
        if (!contains(listed, template_of(job, listed))) {
          return std::optional<std::vector<std::string>>();
        }
        return std::optional(listed);
      });
  if (!known) return fail(no_template(job, listed, known.error()));
  return known;
}

/// A listed job that the manifest's entry means; nullopt: none.
Result<std::optional<Created>> find_listed(ApplicationRun& run, const DesiredJob& job,
                                           const std::vector<std::string>& templates) {
  const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
  if (!jobs) return fail(jobs.error());
  const JobMatch match = match_job(job, *jobs, templates);
  if (match.job != nullptr) return std::optional(Created{match.job->id, false});
  if (match.candidates.empty()) return std::optional<Created>();
  return fail(ErrorKind::stale,
              fmt::format("the application got jobs that cannot be told apart: {}",
                          fmt::join(match.candidates, ", ")));
}

/// On an application that another run made a moment ago, an empty list is not believed at once:
/// that run may have been killed after its POST, and a second job would be made beside the first.
Result<std::optional<Created>> await_other_run(ApplicationRun& run, const DesiredJob& job,
                                               const std::vector<std::string>& templates) {
  const bool young = run.born && run.now() - *run.born < run.context.options.settle_window;
  if (!young || run.made_here || run.taken_over) return std::optional<Created>();
  const Subject subject{"a job that an earlier run may have made to be listed", std::nullopt,
                        Tolerance::object, kOthersLag};
  auto found =
      settle<Created>(run.patience(), subject, [&] { return find_listed(run, job, templates); });
  if (found) return std::optional(std::move(*found));
  if (found.error().kind == ErrorKind::not_found) return std::optional<Created>();
  return fail(found.error());
}

/// Lists, and posts only where nothing equal is listed (PRODUCT.md 4).
Result<std::optional<Created>> find_or_post(ApplicationRun& run, const DesiredJob& job,
                                            const std::vector<std::string>& templates) {
  auto listed = find_listed(run, job, templates);
  if (!listed || *listed) return listed;
  const auto made = run.write<std::pair<LiveJob, Written>>("job.create", [&](std::stop_token stop) {
    return run.writer().create_job(run.service_principal(), template_of(job, templates),
                                   std::move(stop));
  });
  if (made) return std::optional(Created{made->first.id, true});
  if (run.in_doubt()) return std::optional(Created{{}, true});
  return fail(made.error());
}

/// After a lost answer: the job that the POST made if it made one. It is never posted again.
Result<std::string> find_lost_job(ApplicationRun& run, const DesiredJob& job,
                                  const std::vector<std::string>& templates) {
  const Subject subject{"a job whose answer was lost to be listed", std::nullopt, Tolerance::object,
                        kJobListLag};
  auto found =
      settle<Created>(run.patience(), subject, [&] { return find_listed(run, job, templates); });
  if (!found) {
    return fail(within(found.error(), "the answer to the creation of the job was lost"));
  }
  run.settle_doubt();
  return found->id;
}

/// The job: one that is there, or a new one.
Result<Created> obtain(ApplicationRun& run, const DesiredJob& job,
                       const std::vector<std::string>& templates) {
  auto others = await_other_run(run, job, templates);
  if (!others) return fail(others.error());
  if (*others) return std::move(**others);
  auto created = settle<Created>(
      run.patience(), run.subject("the application to accept a job", Tolerance::templates),
      [&] { return find_or_post(run, job, templates); });
  if (!created || !created->id.empty()) return created;
  auto found = find_lost_job(run, job, templates);
  if (!found) return fail(found.error());
  created->id = std::move(*found);
  return created;
}

Result<void> confirm_listed(ApplicationRun& run, const std::string& key, const std::string& id) {
  return settle_read_back(
      run, job_subject(run, key, run.read_back("the new job to be listed")), nullptr,
      [&]() -> Result<std::optional<bool>> {
        const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
        if (!jobs) return fail(jobs.error());
        const bool there = std::any_of(jobs->begin(), jobs->end(),
                                       [&](const LiveJob& job) { return job.id == id; });
        return there ? std::optional(true) : std::nullopt;
      });
}

}  // namespace

StepResult create_job(ApplicationRun& run, const Change& change) {
  const DesiredJob& job = desired_job(run, change.job);
  const auto templates = await_template(run, job);
  if (!templates) return fail(templates.error());
  const Instant asked = run.now();
  const auto created = obtain(run, job, *templates);
  if (!created) return fail(created.error());
  run.jobs[change.job] = {created->id, created->made ? std::optional(asked) : std::nullopt};
  if (auto listed = confirm_listed(run, change.job, created->id); !listed) {
    return fail(listed.error());
  }
  return fmt::format("job {}{}", created->id, created->made ? "" : ", which was there already");
}

}  // namespace syncwright
