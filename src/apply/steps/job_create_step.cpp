#include <fmt/format.h>

#include <algorithm>

#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/model/job_match.h"

namespace syncwright::apply {

/// A job is made of a template by a POST that is not idempotent: a second one makes a second job,
/// which provisions everybody a second time (docs/graph.md#5.5, docs/contract.md#4). What makes it
/// hard is the list, which alone tells whether there is a job: it may lag behind a POST of this run
/// whose answer was lost, and behind the POST of an earlier run that was killed. So the list is
/// asked before each POST and after each doubt, and on a young application that an earlier run left
/// unfinished an empty list is not believed at once. The templates come late as well: a new
/// application lists none for a while, or answers UnknownError (docs/graph.md#5.4).

namespace {

bool contains(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

Error no_template(const model::DesiredJob& job) {
  Error error;
  error.kind = ErrorKind::not_found;
  error.message =
      job.key == "default" && !job.template_id
          ? "the application offers no synchronization template to make a job from"
          : fmt::format("the application offers no synchronization template {}; it has none",
                        model::template_of(job, {}));
  error.advice =
      "Not every gallery application supports provisioning; see `syncwright catalog --app`.";
  return error;
}

/// The service lists all of an application's templates or none yet: what is not among them will not
/// come.
Error unknown_template(const model::DesiredJob& job, const std::vector<std::string>& listed) {
  Error error;
  error.kind = ErrorKind::rejected;
  error.message = fmt::format("the application offers no synchronization template {}; it has {}",
                              model::template_of(job, listed), fmt::join(listed, ", "));
  error.advice = "A job's key is the id of its template, unless `template` names it.";
  return error;
}

/// Whether the entry can be made a job of; on an application that this run made, whether all can,
/// so that none is made of manifests that cannot be carried out.
Result<void> refuse_impossible(const ApplicationRun& run, const model::DesiredJob& job,
                               const std::vector<std::string>& listed) {
  for (const model::DesiredJob& entry : run.desired.jobs) {
    const bool counts = entry.key == job.key || (run.made_here && !entry.absent && !entry.job_id);
    if (!counts) continue;
    const std::string wanted = model::template_of(entry, listed);
    if (!contains(listed, wanted)) {
      Error error = unknown_template(entry, listed);
      return fail(entry.key == job.key ? error : within(std::move(error), "job " + entry.key));
    }
    const auto keys = model::entries_of_template(run.desired.jobs, wanted, listed);
    if (!run.made_here || keys.size() < 2) continue;
    return fail(ErrorKind::rejected,
                fmt::format("the jobs {} all come from the synchronization template {}",
                            fmt::join(keys, ", "), wanted),
                "Describe it once: one job is made of a template.");
  }
  return {};
}

/// The templates, as soon as the service lists them; the one to make the job from among them.
Result<std::vector<std::string>> await_template(ApplicationRun& run, const model::DesiredJob& job) {
  auto listed = poll<std::vector<std::string>>(
      run.policy(),
      run.session().target("the synchronization templates to be listed", Transient::templates),
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

/// The id of a listed job that the manifest's entry means; nullopt: none.
Result<std::optional<std::string>> find_listed(const ApplicationRun& run,
                                               const model::DesiredJob& job,
                                               const std::vector<std::string>& templates) {
  const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
  if (!jobs) return fail(jobs.error());
  const model::JobMatch match = model::match_job(job, run.desired.jobs, *jobs, templates);
  if (match.job != nullptr) return std::optional(match.job->id);
  if (match.candidates.empty()) return std::optional<std::string>();
  return fail(ErrorKind::stale,
              fmt::format("the application got jobs that cannot be told apart: {}",
                          fmt::join(match.candidates, ", ")));
}

/// Whether an earlier run may have been killed after a POST that the list does not show yet: on an
/// application that is young, not new to this project, and on which no apply came to its end (the
/// record of what was applied is the last thing that it writes).
Result<bool> may_hide_a_job(const ApplicationRun& run) {
  if (!run.is_young() || run.made_here || run.new_to_us) return false;
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  return !model::tag_value(*tags, model::kAppliedTag);
}

/// There an empty list is not believed at once: a second job would be made beside the first.
Result<std::optional<std::string>> await_earlier_run(const ApplicationRun& run,
                                                     const model::DesiredJob& job,
                                                     const std::vector<std::string>& templates) {
  const auto hidden = may_hide_a_job(run);
  if (!hidden) return fail(hidden.error());
  if (!*hidden) return std::optional<std::string>();
  const PollTarget target{"a job that an earlier run may have made to be listed", std::nullopt,
                          Transient::object, kEarlierRunLag};
  auto found =
      poll<std::string>(run.policy(), target, [&] { return find_listed(run, job, templates); });
  if (found) return std::optional(std::move(*found));
  if (found.error().kind == ErrorKind::not_found) return std::optional<std::string>();
  return fail(found.error());
}

struct Created {
  std::string id;
  bool made = false;  ///< by this run
};

/// Lists, and posts only where nothing equal is listed (docs/contract.md#4).
Result<Created> find_or_post(ApplicationRun& run, const model::DesiredJob& job,
                             const std::vector<std::string>& templates) {
  std::string id;
  const auto is_listed = [&]() -> Result<bool> {
    const auto listed = find_listed(run, job, templates);
    if (!listed) return fail(listed.error());
    id = listed->value_or("");
    return listed->has_value();
  };
  TenantWrite write{"job.create",
                    run.session().target("the application to accept a job", Transient::templates),
                    Resend::when_service_failed, "the application to take the job again"};
  write.prepare = [&]() -> Result<Next> {
    const auto listed = is_listed();
    if (!listed) return fail(listed.error());
    return *listed ? Next::nothing : Next::send;
  };
  write.send = [&](std::stop_token stop) -> Result<graph_write::Written> {
    auto made = run.writer().create_job(run.service_principal(), model::template_of(job, templates),
                                        std::move(stop));
    if (!made) return fail(std::move(made).error());
    id = std::move(made->first.id);
    return std::move(made->second);
  };
  write.answer_proves = true;
  write.followed_by =
      proof_and_next(run, graph_read::GraphReader::jobs_path(run.service_principal()));
  write.proof = [&] {
    return look_for(
        run.session(),
        {"a job whose answer was lost to be listed", std::nullopt, Transient::object, kListLag},
        is_listed);
  };
  write.explain = [](const Error& lost, const Error* look) {
    return look != nullptr ? within(*look, "the answer to the creation of the job was lost")
                           : within(lost, "no job is listed that its creation could have made");
  };
  const auto written = run.write(write);
  if (!written) return fail(written.error());
  return Created{id, *written == Confirmed::written};
}

/// The job: one that is there, or a new one.
Result<Created> obtain_job(ApplicationRun& run, const model::DesiredJob& job,
                           const std::vector<std::string>& templates) {
  auto earlier = await_earlier_run(run, job, templates);
  if (!earlier) return fail(earlier.error());
  if (*earlier) return Created{std::move(**earlier), false};
  return find_or_post(run, job, templates);
}

/// A list that does not show it yet would have a later step, or run, look in vain.
Result<void> confirm_listed(ApplicationRun& run, const std::string& key, const std::string& id) {
  WriteSession& session = run.session();
  return confirm(
      session,
      look_for(session, job_target(run, key, session.read_back("the new job to be listed")),
               [&]() -> Result<bool> {
                 const auto jobs = run.reader().jobs(run.service_principal(), run.in_flight());
                 if (!jobs) return fail(jobs.error());
                 return std::any_of(jobs->begin(), jobs->end(),
                                    [&](const model::LiveJob& job) { return job.id == id; });
               }));
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

StepResult create_job(ApplicationRun& run, const plan::Change& change) {
  const model::DesiredJob& job = desired_job(run, change.job);
  const auto templates = await_template(run, job);
  if (!templates) return fail(templates.error());
  const Instant asked = run.now();
  const auto created = obtain_job(run, job, *templates);
  if (!created) return fail(created.error());
  if (auto own = refuse_shared(run, change.job, created->id); !own) return fail(own.error());
  run.jobs[change.job] = {created->id, created->made ? std::optional(asked) : std::nullopt};
  if (auto listed = confirm_listed(run, change.job, created->id); !listed) {
    return fail(listed.error());
  }
  run.jobs[change.job].stands_still = created->made;
  return fmt::format("job {}{}", created->id, created->made ? "" : ", which was there already");
}

}  // namespace syncwright::apply
