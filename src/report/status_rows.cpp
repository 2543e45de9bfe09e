#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syncwright/model/job_match.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/credentials.h"
#include "syncwright/report/status_text.h"

namespace syncwright::report {
namespace {

StatusRow empty_row(const std::string& application, std::string note,
                    const char* state = "missing") {
  StatusRow row;
  row.application = application;
  row.state = state;
  row.note = std::move(note);
  return row;
}

std::string hold_note(const std::string& application, const model::LiveApplication& live) {
  const auto reason = model::hold_reason(live.tags);
  if (!reason) return {};
  return fmt::format("held{}{}; `syncwright job start --app {} --release` lets go of it",
                     reason->empty() ? "" : ": ", *reason, application);
}

/// What a plan would say of the application before anything else; empty where it is simply ours.
std::string ownership_note(const plan::MeantApplication& meant) {
  if (meant.refusal) {
    return fmt::format("a plan refuses it: {} ({})", meant.refusal->message, meant.refusal->code);
  }
  switch (meant.ownership) {
    case plan::Ownership::owned:
      return {};
    case plan::Ownership::claimed:
      return "its ownership tags are not there; `syncwright plan` says why";
    case plan::Ownership::adopted:
      return "not taken over yet: " + meant.reason;
  }
  return {};
}

std::string join_notes(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "; " + second;
}

/// One row that says why there is no job to show.
StatusRow row_without_jobs(const std::string& application, const plan::MeantApplication& meant) {
  if (meant.refusal) return empty_row(application, ownership_note(meant), "refused");
  return empty_row(application, meant.live == nullptr
                                    ? "not in the tenant yet"
                                    : "its enterprise application is not in the tenant");
}

}  // namespace

StatusRow job_row(const std::string& application, const std::string& key,
                  const model::LiveJob& job) {
  StatusRow row;
  row.application = application;
  row.job = key;
  row.job_id = job.id;
  row.state = job.is_started() ? "started" : "paused";
  row.code = job.status_code;
  row.steady_since = job.steady_state_since;
  row.entries = job.synchronized_entries;
  if (job.last_execution && !job.last_execution->is_placeholder()) {
    const model::LiveExecution& last = *job.last_execution;
    row.has_cycle = true;
    row.cycle = {last.state,
                 last.time_began,
                 last.time_ended,
                 last.count_entitled,
                 last.count_imported,
                 last.count_exported,
                 last.count_escrowed,
                 last.error_code.empty() || last.error_code == "None"
                     ? ""
                     : fmt::format("{}: {}", last.error_code, last.error_message)};
  }
  if (job.quarantine) {
    const model::LiveQuarantine& quarantine = *job.quarantine;
    const std::string& code = quarantine.error_code;
    row.quarantine = quarantine.reason + (code.empty() ? "" : " (" + code + ")");
    row.quarantine_message = quarantine.error_message;
    row.quarantine_since = quarantine.current_began;
    row.next_attempt = quarantine.next_attempt;
  }
  return row;
}

std::vector<StatusRow> status_rows(const model::DesiredApplication& desired,
                                   const plan::LiveApplications& applications) {
  const model::Findings& findings = applications.live().findings.at(desired.name);
  if (findings.unreadable) {
    return {empty_row(desired.name, describe(*findings.unreadable), "unreadable")};
  }
  return status_rows(desired, findings, applications.meant(desired.name));
}

std::vector<StatusRow> status_rows(const model::DesiredApplication& desired,
                                   const model::Findings& findings,
                                   const plan::MeantApplication& meant) {
  if (findings.unreadable) {
    return {empty_row(desired.name, describe(*findings.unreadable), "unreadable")};
  }
  const model::LiveApplication* found = plan::usable_application(meant);
  if (found == nullptr) return {row_without_jobs(desired.name, meant)};
  const model::LiveApplication& live = *found;
  std::vector<StatusRow> rows;
  std::vector<const model::LiveJob*> named;
  for (const model::DesiredJob& job : desired.jobs) {
    const model::JobMatch match = model::match_job(job, desired.jobs, live.jobs, live.template_ids);
    if (match.job != nullptr) {
      named.push_back(match.job);
      rows.push_back(job_row(desired.name, job.key, *match.job));
      rows.back().way_out = plan::credentials_advice(desired, *match.job);
      rows.back().note = join_notes(hold_note(desired.name, live), ownership_note(meant));
    } else {
      const char* missing = match.candidates.empty() ? "no such job yet" : "several jobs match";
      StatusRow row = empty_row(desired.name, join_notes(missing, ownership_note(meant)));
      row.job = job.key;
      rows.push_back(std::move(row));
    }
  }
  for (const model::LiveJob& job : live.jobs) {
    if (std::find(named.begin(), named.end(), &job) == named.end()) {
      rows.push_back(job_row(desired.name, "(unmanaged)", job));
    }
  }
  return rows;
}

}  // namespace syncwright::report
