#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "apply/read_back.h"
#include "apply/repetition.h"
#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/model/job_match.h"

namespace syncwright {

namespace {

/// How long the list may take to show a job that was just made, by a POST whose answer was lost or
/// by another run.
constexpr Milliseconds kJobListLag{60'000};
constexpr Milliseconds kOthersLag{30'000};

/// How often a job is asked for that the service said it did not make.
constexpr int kMostJobs = 3;

struct Created {
  std::string id;
  bool made = false;  ///< by this run
};

/// A POST whose answer was no success and no refusal.
struct Doubt {
  Error error;
};

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Error no_template(const DesiredJob& job) {
  Error error;
  error.kind = ErrorKind::not_found;
  error.message =
      job.key == "default" && !job.template_id
          ? "the application offers no synchronization template to make a job from"
          : fmt::format("the application offers no synchronization template {}; it has none",
                        template_of(job, {}));
  error.advice =
      "Not every gallery application supports provisioning; see `syncwright catalog --app`.";
  return error;
}

/// The service lists all of an application's templates or none yet: what is not among them will not
/// come.
Error unknown_template(const DesiredJob& job, const std::vector<std::string>& listed) {
  Error error;
  error.kind = ErrorKind::rejected;
  error.message = fmt::format("the application offers no synchronization template {}; it has {}",
                              template_of(job, listed), fmt::join(listed, ", "));
  error.advice = "A job's key is the id of its template, unless `template` names it.";
  return error;
}

/// Whether the entry can be made a job of; on an application that this run made, whether all can,
/// so that none is made of manifests that cannot be carried out.
Result<void> refuse_impossible(const ApplicationRun& run, const DesiredJob& job,
                               const std::vector<std::string>& listed) {
  for (const DesiredJob& entry : run.desired.jobs) {
    const bool counts = entry.key == job.key || (run.made_here && !entry.absent && !entry.job_id);
    if (!counts) continue;
    const std::string wanted = template_of(entry, listed);
    if (!contains(listed, wanted)) return fail(unknown_template(entry, listed));
    const auto keys = entries_of_template(run.desired.jobs, wanted, listed);
    if (!run.made_here || keys.size() < 2) continue;
    return fail(ErrorKind::rejected,
                fmt::format("the jobs {} all come from the synchronization template {}",
                            fmt::join(keys, ", "), wanted),
                "Describe it once: one job is made of a template.");
  }
  return {};
}

/// The templates, as soon as the service lists them; the one to make the job from among them.
Result<std::vector<std::string>> await_template(ApplicationRun& run, const DesiredJob& job) {
  auto listed = settle<std::vector<std::string>>(
      run.patience(),
      run.subject("the synchronization templates to be listed", Tolerance::templates),
      [&]() -> Result<std::optional<std::vector<std::string>>> {
        auto ids = run.reader().synchronization_templates(run.service_principal(), run.in_flight());
        if (!ids) return fail(ids.error());
        if (ids->empty()) return std::optional<std::vector<std::string>>();
        return std::optional(std::move(*ids));
      });
  if (!listed) {
    return fail(listed.error().kind == ErrorKind::not_found ? no_template(job) : listed.error());
  }
  if (auto possible = refuse_impossible(run, job, *listed); !possible) {
    return fail(possible.error());
  }
  return listed;
}

/// A listed job that the manifest's entry means; nullopt: none.
Result<std::optional<Created>> find_listed(ApplicationRun& run, const DesiredJob& job,
                                           const std::vector<std::string>& templates) {
  const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
  if (!jobs) return fail(jobs.error());
  const JobMatch match = match_job(job, run.desired.jobs, *jobs, templates);
  if (match.job != nullptr) return std::optional(Created{match.job->id, false});
  if (match.candidates.empty()) return std::optional<Created>();
  return fail(ErrorKind::stale,
              fmt::format("the application got jobs that cannot be told apart: {}",
                          fmt::join(match.candidates, ", ")));
}

/// Whether an earlier run may have been killed after a POST that the list does not show yet: on an
/// application that is young, not new to this project, and on which no apply came to its end (the
/// record of what was applied is the last thing that it writes).
Result<bool> may_hide_a_job(ApplicationRun& run) {
  const bool young = run.born && run.now() - *run.born < run.context.options.settle_window;
  if (!young || run.made_here || run.new_to_us) return false;
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  return !tag_value(*tags, kAppliedTag);
}

/// There an empty list is not believed at once: a second job would be made beside the first.
Result<std::optional<Created>> await_other_run(ApplicationRun& run, const DesiredJob& job,
                                               const std::vector<std::string>& templates) {
  const auto hidden = may_hide_a_job(run);
  if (!hidden) return fail(hidden.error());
  if (!*hidden) return std::optional<Created>();
  const Subject subject{"a job that an earlier run may have made to be listed", std::nullopt,
                        Tolerance::object, kOthersLag};
  auto found =
      settle<Created>(run.patience(), subject, [&] { return find_listed(run, job, templates); });
  if (found) return std::optional(std::move(*found));
  if (found.error().kind == ErrorKind::not_found) return std::optional<Created>();
  return fail(found.error());
}

using Posted = std::variant<Created, Doubt>;

/// Lists, and posts only where nothing equal is listed (docs/contract.md#4).
Result<std::optional<Posted>> find_or_post(ApplicationRun& run, const DesiredJob& job,
                                           const std::vector<std::string>& templates) {
  const auto listed = find_listed(run, job, templates);
  if (!listed) return fail(listed.error());
  if (*listed) return std::optional<Posted>(**listed);
  const auto made = run.write<std::pair<LiveJob, Written>>("job.create", [&](std::stop_token stop) {
    return run.writer().create_job(run.service_principal(), template_of(job, templates),
                                   std::move(stop));
  });
  if (made) return std::optional<Posted>(Created{made->first.id, true});
  if (run.in_doubt()) return std::optional<Posted>(Doubt{made.error()});
  return fail(made.error());
}

/// After an answer that was lost, or that was no success: the job that the POST made if it made
/// one; nullopt where the list shows none.
Result<std::optional<Created>> find_own_job(ApplicationRun& run, const DesiredJob& job,
                                            const std::vector<std::string>& templates) {
  const Subject subject{"a job whose answer was lost to be listed", std::nullopt, Tolerance::object,
                        kJobListLag};
  auto found =
      settle<Created>(run.patience(), subject, [&] { return find_listed(run, job, templates); });
  if (found) {
    run.settle_doubt();
    return std::optional(Created{found->id, true});
  }
  const bool nothing = found.error().kind == ErrorKind::not_found && found.error().status == 0;
  return nothing ? Result<std::optional<Created>>(std::nullopt) : fail(found.error());
}

Result<Posted> post_job(ApplicationRun& run, const DesiredJob& job,
                        const std::vector<std::string>& templates) {
  return settle<Posted>(run.patience(),
                        run.subject("the application to accept a job", Tolerance::templates),
                        [&] { return find_or_post(run, job, templates); });
}

/// The job: one that is there, or a new one. It is posted again only where the service itself said
/// that it made none, and the list shows none either.
Result<Created> obtain(ApplicationRun& run, const DesiredJob& job,
                       const std::vector<std::string>& templates) {
  auto others = await_other_run(run, job, templates);
  if (!others) return fail(others.error());
  if (*others) return std::move(**others);
  Repetition repetition(run, "the application to take the job again", kMostJobs);
  while (true) {
    auto posted = post_job(run, job, templates);
    if (!posted) return fail(posted.error());
    if (auto* created = std::get_if<Created>(&*posted)) return std::move(*created);
    const Error& error = std::get<Doubt>(*posted).error;
    auto found = find_own_job(run, job, templates);
    if (found && *found) return std::move(**found);
    if (!found)
      return fail(within(found.error(), "the answer to the creation of the job was lost"));
    if (!is_answered(error) || !repetition.again_after(error)) {
      return fail(within(error, "no job is listed that its creation could have made"));
    }
  }
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

/// Only the live templates tell what `default` means: a job that another key of the manifest means
/// already is not laid out a second time.
Result<void> refuse_shared(const ApplicationRun& run, const std::string& key,
                           const std::string& id) {
  for (const auto& [other, known] : run.jobs) {
    if (other == key || known.id != id) continue;
    return fail(ErrorKind::rejected,
                fmt::format("the jobs {} and {} both mean the live job {}", other, key, id),
                "Describe it once.");
  }
  return {};
}

}  // namespace

StepResult create_job(ApplicationRun& run, const Change& change) {
  const DesiredJob& job = desired_job(run, change.job);
  const auto templates = await_template(run, job);
  if (!templates) return fail(templates.error());
  const Instant asked = run.now();
  const auto created = obtain(run, job, *templates);
  if (!created) return fail(created.error());
  if (auto own = refuse_shared(run, change.job, created->id); !own) return fail(own.error());
  run.jobs[change.job] = {created->id, created->made ? std::optional(asked) : std::nullopt};
  if (auto listed = confirm_listed(run, change.job, created->id); !listed) {
    return fail(listed.error());
  }
  return fmt::format("job {}{}", created->id, created->made ? "" : ", which was there already");
}

}  // namespace syncwright
