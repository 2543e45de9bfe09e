#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/job_obstacle.h"

namespace syncwright::apply {

namespace {

/// What is asked of a job.
struct JobRequest {
  const char* operation;
  bool started;  ///< what the job shows afterwards
  std::function<Result<graph_write::Written>(const std::string& job_id, std::stop_token stop)> send;
  std::function<Result<Next>()> prepare = {};
  bool alone = false;  ///< what is read next depends on what its proof says
};

/// Sends the request and reads back until the job's schedule says so.
Result<void> turn_job(ApplicationRun& run, const std::string& key, const JobRequest& request) {
  const std::string id = run.jobs.at(key).id;
  TenantWrite write{request.operation,
                    job_target(run, key, run.session().target("the job to take the request")),
                    Resend::when_answered};
  if (!request.alone) {
    write.followed_by = proof_and_next(run, graph_read::job_path(run.service_principal(), id));
  }
  write.prepare = request.prepare;
  write.send = [&](std::stop_token stop) { return request.send(id, std::move(stop)); };
  write.proof = [&] {
    const char* shown = request.started ? "the job to be started" : "the job to be stopped";
    return look_for(
        run.session(), job_target(run, key, run.session().read_back(shown)), [&]() -> Result<bool> {
          const auto job = run.reader().job(run.service_principal(), id, run.in_flight());
          if (!job) return fail(job.error());
          return *job && (*job)->is_started() == request.started;
        });
  };
  const auto turned = run.write(write);
  return turned ? Result<void>() : fail(turned.error());
}

/// The change's job, unless it changed since the plan was made.
Result<model::LiveJob> read_checked(ApplicationRun& run, const plan::Change& change,
                                    model::JobState wanted) {
  auto job = read_job(run, change.job);
  if (!job) return job;
  if (auto fresh = check_basis(change, plan::state_fields(*job, wanted)); !fresh) {
    return fail(fresh.error());
  }
  return job;
}

/// The same for a start. A job that this run made stands still, and was seen to.
Result<model::LiveJob> read_to_start(ApplicationRun& run, const plan::Change& change) {
  const auto known = run.jobs.find(change.job);
  if (known == run.jobs.end() || !known->second.stands_still) {
    return read_checked(run, change, model::JobState::started);
  }
  model::LiveJob job;
  job.id = known->second.id;
  return job;
}

/// A hold that a person set since the plan was made, even while this run went on, is respected.
Result<Next> send_unless_held(const ApplicationRun& run, const plan::Change& change,
                              const model::LiveJob& job, Next send) {
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  const bool ours = run.apply.owner.marks(*tags, run.desired.name);
  auto held = plan::job_obstacle(run.desired, desired_job(run, change.job), &job, *tags,
                                 ours ? plan::OwnershipTags::present : plan::OwnershipTags::lost);
  if (!held) return send;
  return fail(ErrorKind::stale, std::move(held->refusal.message), std::move(held->refusal.advice));
}

}  // namespace

StepResult pause_job(ApplicationRun& run, const plan::Change& change) {
  const auto job = read_checked(run, change, model::JobState::paused);
  if (!job) return fail(job.error());
  if (!job->is_started()) return std::string("it was stopped already");
  const auto turned =
      turn_job(run, change.job,
               {"job.pause", false, [&](const std::string& id, std::stop_token stop) {
                  return run.writer().pause_job(run.service_principal(), id, std::move(stop));
                }});
  if (!turned) return fail(turned.error());
  return std::string();
}

StepResult start_job(ApplicationRun& run, const plan::Change& change) {
  const auto job = read_to_start(run, change);
  if (!job) return fail(job.error());
  // Starting again would resume from the watermark and is discouraged (docs/graph.md#13.17).
  if (job->is_started()) return std::string("it was started already");
  const auto turned =
      turn_job(run, change.job,
               {"job.start", true,
                [&](const std::string& id, std::stop_token stop) {
                  return run.writer().start_job(run.service_principal(), id, std::move(stop));
                },
                [&] { return send_unless_held(run, change, *job, Next::send); }});
  if (!turned) return fail(turned.error());
  return std::string();
}

StepResult restart_job(ApplicationRun& run, const plan::Change& change) {
  const auto job = read_job(run, change.job);
  if (!job) return fail(job.error());
  // A restart starts: where the manifest leaves the state alone, it was planned of a running job.
  if (!desired_job(run, change.job).state && !job->is_started()) {
    return fail(ErrorKind::stale, "the job was paused since the plan was made", "Plan again.");
  }
  // A job that ran before looks the same after a lost restart: the doubt stays, and so does the
  // tag.
  const auto turned =
      turn_job(run, change.job,
               {"job.restart", true,
                [&](const std::string& id, std::stop_token stop) {
                  return run.writer().restart_job(run.service_principal(), id,
                                                  graph_write::kRestartScope, std::move(stop));
                },
                [&] { return send_unless_held(run, change, *job, Next::send_unseen); }, true});
  if (!turned) return fail(turned.error());
  if (auto cleared = clear_pending_restart(run, change.job); !cleared) {
    return fail(cleared.error());
  }
  return std::string();
}

}  // namespace syncwright::apply
