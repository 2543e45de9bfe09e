#include "apply/freshness.h"
#include "apply/read_back.h"
#include "apply/repetition.h"
#include "apply/steps/identity.h"
#include "apply/steps/jobs.h"
#include "apply/steps/pending_restart.h"
#include "apply/steps/step.h"
#include "syncwright/plan/basis.h"
#include "syncwright/plan/held_back.h"

namespace syncwright {

namespace {

/// What the portal's "Restart provisioning" clears (docs/graph.md#8.3); links stay.
constexpr const char* kResetScope = "Watermark, Escrows, QuarantineState";

/// How often an action is sent whose answers were no success and no refusal, and that the job does
/// not show. The transport has repeated it before that as well.
constexpr int kMostActions = 3;

/// What is asked of a job.
struct JobAction {
  const char* operation;
  bool started;  ///< what the job shows afterwards
  /// Whether the schedule tells, after a lost answer, that the request took effect.
  bool told_by_state;
  std::function<Result<Written>(const std::string& job_id, std::stop_token stop)> send;
  std::function<Result<void>()> check;  ///< before each sending
};

/// Waits until the job's schedule says so; false where the answer was lost and it does not.
Result<bool> shows_state(ApplicationRun& run, const std::string& key, const std::string& id,
                         bool started, const Error* lost) {
  const Subject subject = job_subject(
      run, key, run.read_back(started ? "the job to be started" : "the job to be stopped"));
  return settle_or_repeat(run, subject, lost, [&]() -> Result<std::optional<bool>> {
    const auto job = run.reader().job(run.service_principal(), id, run.in_flight());
    if (!job) return fail(job.error());
    if (!*job || (*job)->started() != started) return std::optional<bool>();
    return std::optional(true);
  });
}

/// Checks and sends, again while the job is young and not known everywhere.
Result<Written> send_checked(ApplicationRun& run, const std::string& key, const std::string& id,
                             const JobAction& action) {
  const Subject subject = job_subject(run, key, run.subject("the job to take the request"));
  return settle<Written>(run.patience(), subject, [&]() -> Result<std::optional<Written>> {
    if (auto free = action.check(); !free) return fail(free.error());
    auto written = run.write<Written>(
        action.operation, [&](std::stop_token stop) { return action.send(id, std::move(stop)); });
    if (!written) return fail(written.error());
    return std::optional(std::move(*written));
  });
}

/// Sends the request and reads back until the schedule says so. An answer that is neither the
/// documented success nor a refusal is looked at by that as well, and what the job does not show is
/// sent again.
Result<void> turn(ApplicationRun& run, const std::string& key, const JobAction& action) {
  const std::string id = run.jobs.at(key).id;
  Repetition repetition(run, "the job to take the request", kMostActions);
  while (true) {
    const auto written = send_checked(run, key, id, action);
    const Error* lost = written ? nullptr : &written.error();
    if (lost != nullptr && (!run.in_doubt() || !action.told_by_state)) return fail(*lost);
    const auto shown = shows_state(run, key, id, action.started, lost);
    if (!shown) return fail(shown.error());
    if (*shown) return {};
    if (lost->status == 0 || !repetition.again_after(*lost)) return fail(*lost);
  }
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
      turn(run, change.job,
           {"job.pause", false, true,
            [&](const std::string& id, std::stop_token stop) {
              return run.writer().pause_job(run.service_principal(), id, std::move(stop));
            },
            [] { return Result<void>(); }});
  if (!turned) return fail(turned.error());
  return std::string();
}

StepResult start_job(ApplicationRun& run, const Change& change) {
  const auto job = read_checked(run, change, JobState::started);
  if (!job) return fail(job.error());
  // Starting again would resume from the watermark and is discouraged (docs/graph.md#13.17).
  if (job->started()) return std::string("it was started already");
  const auto turned =
      turn(run, change.job,
           {"job.start", true, true,
            [&](const std::string& id, std::stop_token stop) {
              return run.writer().start_job(run.service_principal(), id, std::move(stop));
            },
            [&] { return refuse_held(run, change, *job); }});
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
  // A job that ran before looks the same after a lost restart: in doubt it stays, and so does the
  // tag.
  const auto turned = turn(run, change.job,
                           {"job.restart", true, false,
                            [&](const std::string& id, std::stop_token stop) {
                              return run.writer().restart_job(run.service_principal(), id,
                                                              kResetScope, std::move(stop));
                            },
                            [&] { return refuse_held(run, change, *job); }});
  if (!turned) return fail(turned.error());
  if (auto cleared = clear_pending_restart(run, change.job); !cleared) {
    return fail(cleared.error());
  }
  return std::string();
}

}  // namespace syncwright
