#include <fmt/format.h>

#include <chrono>

#include "plan/draft.h"
#include "plan/live_job_plan.h"
#include "syncwright/plan/credentials.h"

namespace syncwright::plan {

namespace {

/// "code: message", whichever there is.
std::string error_text(const std::string& code, const std::string& message) {
  if (code.empty() || message.empty()) return code + message;
  return code + ": " + message;
}

std::string quarantine_text(const model::LiveJob& job) {
  if (!job.quarantine) return "in quarantine";
  const model::LiveQuarantine& quarantine = *job.quarantine;
  std::string text = "in quarantine";
  if (!quarantine.current_began.empty()) text += " since " + quarantine.current_began;
  if (!quarantine.reason.empty()) text += ": " + quarantine.reason;
  const std::string error = error_text(quarantine.error_code, quarantine.error_message);
  if (!error.empty()) text += ", " + error;
  if (job.is_started() && !quarantine.next_attempt.empty()) {
    text += "; next attempt " + quarantine.next_attempt;
  }
  return text;
}

/// Only a person decides about deletions, and knows the right credentials; other quarantines end by
/// themselves once mended.
std::string way_out_of(const model::DesiredApplication& desired, const model::DesiredJob& job,
                       const model::LiveJob& live, bool saves_credentials) {
  if (live.is_quarantined_for_deletes()) {
    return fmt::format("; `{}` says how many objects, and how to settle it",
                       restart_command(desired, job));
  }
  const std::string advice = saves_credentials ? std::string() : credentials_advice(desired, live);
  return advice.empty() ? advice : "; " + advice;
}

/// docs/graph.md#13.53: 28 days of quarantine disable a job. It tries once a day as long as it
/// runs, so that its last cycle tells how far it came: a job that a person paused earlier did not
/// expire.
bool has_expired(const model::LiveJob& job) {
  constexpr std::chrono::days nearly{27};
  if (!job.is_quarantined() || job.is_started() || !job.quarantine || !job.last_execution)
    return false;
  const auto began = parse_rfc3339(job.quarantine->current_began);
  const auto ended = parse_rfc3339(job.last_execution->time_ended);
  return began && ended && *ended - *began >= nearly;
}

/// docs/graph.md#13.15: a job that never ran carries an execution that only looks like a failure.
bool has_failed(const model::LiveJob& job) {
  const auto& execution = job.last_execution;
  return execution && execution->state == "Failed" && !execution->is_placeholder();
}

bool has_entry_errors(const model::LiveJob& job) {
  const auto& execution = job.last_execution;
  return execution && (execution->state == "EntryLevelErrors" || execution->count_escrowed > 0);
}

std::string failure_text(const model::LiveExecution& execution) {
  const std::string error = error_text(execution.error_code, execution.error_message);
  std::string text = "the last cycle failed";
  if (!execution.time_ended.empty()) text += " at " + execution.time_ended;
  return error.empty() ? text : text + ": " + error;
}

std::string entry_error_text(const model::DesiredApplication& desired,
                             const model::LiveExecution& execution) {
  const std::string count = execution.count_escrowed == 1
                                ? "1 object"
                                : fmt::format("{} objects", execution.count_escrowed);
  return fmt::format("{} failed in the last cycle; see `syncwright logs --app {} --failed`",
                     execution.count_escrowed > 0 ? count : "some objects", desired.name);
}

}  // namespace

std::vector<Health> health_of(const model::DesiredApplication& desired,
                              const model::DesiredJob& job, const model::LiveJob& live,
                              bool saves_credentials) {
  std::vector<Health> health;
  const std::string way_out = way_out_of(desired, job, live, saves_credentials);
  const auto add = [&](HealthState state, std::string message, bool is_drift) {
    health.push_back({desired.name, job.key, state, std::move(message), is_drift});
  };
  if (has_expired(live)) {
    add(HealthState::expired,
        quarantine_text(live) + "; the job is disabled after 28 days of it" + way_out, true);
  } else if (live.is_quarantined()) {
    const char* stopped = live.is_started() ? "" : "; the job is stopped";
    add(HealthState::quarantine, quarantine_text(live) + stopped + way_out, true);
  } else if (has_failed(live)) {
    add(HealthState::failing, failure_text(*live.last_execution) + way_out, true);
  } else if (has_entry_errors(live)) {
    add(HealthState::entry_errors, entry_error_text(desired, *live.last_execution), false);
  }
  if (!live.is_started() && !live.is_quarantined() && !job.state) {
    add(HealthState::paused, "the job is not running, and the manifest leaves its state alone",
        false);
  }
  return health;
}

}  // namespace syncwright::plan
