#include "freshness.h"
#include "known_job.h"
#include "pending_restart.h"
#include "read_back.h"
#include "service_principal_write.h"
#include "step.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/held_back.h"

namespace syncwright {

namespace {

/// What the portal's "Restart provisioning" clears (API.md 8.3); links stay.
constexpr const char* kResetScope = "Watermark, Escrows, QuarantineState";

using JobWrite = std::function<Result<Written>(const std::string& job_id, std::stop_token stop)>;

/// Sends the request and reads back until the schedule says so. `told_by_state`: after a lost
/// answer the schedule tells whether the request took effect.
Result<void> turn(ApplicationRun& run, const Change& change, const char* operation, bool started,
                  bool told_by_state, const JobWrite& send) {
  const std::string id = run.jobs.at(change.job).id;
  const auto written = run.settled_write<Written>(
      operation, job_subject(run, change.job, run.subject("the job to take the request")),
      [&](std::stop_token stop) { return send(id, std::move(stop)); });
  if (!written && (!run.in_doubt() || !told_by_state)) return fail(written.error());
  return settle_read_back(
      run,
      job_subject(run, change.job,
                  run.read_back(started ? "the job to be started" : "the job to be stopped")),
      written ? nullptr : &written.error(), [&]() -> Result<std::optional<bool>> {
        const auto job = run.reader().job(run.service_principal(), id, run.in_flight());
        if (!job) return fail(job.error());
        if (!*job || (*job)->started() != started) return std::optional<bool>();
        return std::optional(true);
      });
}

/// The change's job, unless it changed since the plan was made.
Result<LiveJob> read_checked(ApplicationRun& run, const Change& change, JobState wanted) {
  auto job = read_job(run, change.job);
  if (!job) return job;
  if (auto fresh = check_basis(change, state_fields(*job, wanted)); !fresh) {
    return fail(fresh.error());
  }
  return job;
}

/// What a person decided since the plan was made, the run's own length included, is not overrun.
Result<void> refuse_held(ApplicationRun& run, const Change& change, const LiveJob& job) {
  const auto tags = fresh_tags(run);
  if (!tags) return fail(tags.error());
  const bool ours = run.context.owner.marks(*tags, run.desired.name);
  auto held = held_back(run.desired, desired_job(run, change.job), &job, *tags,
                        ours ? OwnershipTags::present : OwnershipTags::lost);
  if (!held) return {};
  return fail(ErrorKind::stale, std::move(held->refusal.message), std::move(held->refusal.advice));
}

}  // namespace

StepResult pause_job(ApplicationRun& run, const Change& change) {
  const auto job = read_checked(run, change, JobState::paused);
  if (!job) return fail(job.error());
  if (!job->started()) return std::string("it was stopped already");
  const auto turned =
      turn(run, change, "job.pause", false, true, [&](const std::string& id, std::stop_token stop) {
        return run.writer().pause_job(run.service_principal(), id, std::move(stop));
      });
  if (!turned) return fail(turned.error());
  return std::string();
}

StepResult start_job(ApplicationRun& run, const Change& change) {
  const auto job = read_checked(run, change, JobState::started);
  if (!job) return fail(job.error());
  // Starting again would resume from the watermark and is discouraged (API.md 13.17).
  if (job->started()) return std::string("it was started already");
  if (auto free = refuse_held(run, change, *job); !free) return fail(free.error());
  const auto turned =
      turn(run, change, "job.start", true, true, [&](const std::string& id, std::stop_token stop) {
        return run.writer().start_job(run.service_principal(), id, std::move(stop));
      });
  if (!turned) return fail(turned.error());
  return std::string();
}

StepResult restart_job(ApplicationRun& run, const Change& change) {
  const auto job = read_job(run, change.job);
  if (!job) return fail(job.error());
  // A restart starts: where the manifest leaves the state alone, it was planned of a running job.
  if (!desired_job(run, change.job).state && !job->started()) {
    return fail(ErrorKind::stale, "the job was paused since the plan was made", "Plan again.");
  }
  if (auto free = refuse_held(run, change, *job); !free) return fail(free.error());
  // A job that ran before looks the same after a lost restart: in doubt it stays, and so does the
  // tag.
  const auto turned = turn(
      run, change, "job.restart", true, false, [&](const std::string& id, std::stop_token stop) {
        return run.writer().restart_job(run.service_principal(), id, kResetScope, std::move(stop));
      });
  if (!turned) return fail(turned.error());
  if (auto cleared = clear_pending_restart(run, change.job); !cleared) {
    return fail(cleared.error());
  }
  return std::string();
}

}  // namespace syncwright
