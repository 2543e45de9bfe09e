#include <algorithm>
#include <array>

#include "report/openmetrics/metrics.h"

namespace syncwright::report::openmetrics {

namespace {

/// What a job can be in, of which it is in one: whoever watches asks for `quarantine` and needs no
/// knowledge of how Graph keeps state and status apart.
constexpr std::array<std::string_view, 9> kStates{"active",  "not_configured", "not_run",
                                                  "paused",  "quarantine",     "missing",
                                                  "refused", "unreadable",     "unknown"};

std::string_view state_of(const StatusRow& row) {
  const auto* const known = std::find(kStates.begin(), kStates.end(), row.state);
  if (known != kStates.end() && row.state != "paused") return *known;  // there is no job
  if (!row.quarantine.empty() || row.code == "Quarantine") return "quarantine";
  if (row.state == "paused" || row.code == "Paused") return "paused";
  if (row.code == "NotRun") return "not_run";
  if (row.code == "NotConfigured") return "not_configured";
  return row.code == "Active" ? "active" : "unknown";
}

void add_time(Exposition& file, std::string_view name, const Labels& labels,
              const std::string& time) {
  if (const auto instant = parse_rfc3339(time)) file.add(name, labels, seconds_of(*instant));
}

/// The jobs that no manifest names have one key, so that the id is a label as well.
Labels labels_of(const StatusRow& row) {
  return {{"application", row.application}, {"job", row.job}, {"job_id", row.job_id}};
}

Labels with(Labels labels, std::string_view name, std::string value) {
  labels.emplace_back(name, std::move(value));
  return labels;
}

void add_cycle(Exposition& file, const Labels& labels, const StatusCycle& cycle) {
  file.add("job_last_cycle_success", labels, cycle.state == "Failed" ? 0 : 1);
  add_time(file, "job_last_cycle_start_timestamp", labels, cycle.began);
  add_time(file, "job_last_cycle_end_timestamp", labels, cycle.ended);
  const std::array<std::pair<const char*, std::int64_t>, 4> counts{{{"entitled", cycle.entitled},
                                                                    {"imported", cycle.imported},
                                                                    {"exported", cycle.exported},
                                                                    {"failed", cycle.escrowed}}};
  for (const auto& [outcome, count] : counts) {
    file.add("job_last_cycle_objects", with(labels, "outcome", outcome), count);
  }
}

void add_job(Exposition& file, const StatusRow& row, Instant now) {
  const Labels labels = labels_of(row);
  const std::string_view current = state_of(row);
  for (const std::string_view state : kStates) {
    file.add("job_state", with(labels, "state", std::string(state)), state == current ? 1 : 0);
  }
  if (row.has_cycle) add_cycle(file, labels, row.cycle);
  for (const auto& [kind, count] : row.entries) {
    file.add("job_synchronized_objects", with(labels, "kind", kind), count);
  }
  if (const auto since = parse_rfc3339(row.quarantine_since); since && current == "quarantine") {
    file.add("job_quarantine_age", labels, seconds_of(now) - seconds_of(*since));
  }
}

}  // namespace

std::string of_status(const StatusReport& status, Instant now) {
  Exposition file(status.project, status.environment);
  for (const StatusRow& row : status.rows) add_job(file, row, now);
  file.add("status_read_complete", {}, status.complete ? 1 : 0);
  file.add("status_timestamp", {}, seconds_of(now));
  return file.text();
}

}  // namespace syncwright::report::openmetrics
