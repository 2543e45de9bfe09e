#include <doctest/doctest.h>

#include <set>

#include "report/openmetrics/metrics.h"
#include "sample.h"
#include "syncwright/core/file.h"

using namespace syncwright;
using namespace syncwright::report;
using namespace syncwright::report::test;

namespace {

Instant at(const char* time) {
  return *parse_rfc3339(time);
}

StatusRow quarantined_row() {
  StatusRow row;
  row.application = "box";
  row.job = "default";
  row.job_id = "box.1";
  row.state = "started";
  row.code = "Quarantine";
  row.has_cycle = true;
  row.cycle = {"Failed", "2026-11-22T10:00:00Z", "2026-11-22T10:00:03Z", 5, 12, 9, 3, "refused"};
  row.quarantine = "EncounteredQuarantineException";
  row.quarantine_since = "2026-11-22T10:00:03Z";
  row.entries = {{"User to User", 12}};
  return row;
}

/// The value of the one series of this job that is 1.
std::string state_in(const StatusRow& row) {
  const std::vector<StatusRow> rows{row};
  const std::string text = openmetrics::of_status({rows, rows, "p", "", true}, {});
  const std::size_t end = text.find("\"} 1\n");
  const std::size_t begin = text.rfind("state=\"", end) + 7;
  return text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("status as metrics") {
  const std::vector<StatusRow> rows{quarantined_row()};
  const StatusReport status{rows, rows, "contoso", "prod", true};
  CHECK(openmetrics::of_status(status, at("2026-11-22T11:00:03Z")) ==
        R"(# HELP syncwright_job_state Whether the provisioning job is in this state.
# TYPE syncwright_job_state gauge
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="active"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="not_configured"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="not_run"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="paused"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="quarantine"} 1
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="missing"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="refused"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="unreadable"} 0
syncwright_job_state{project="contoso",environment="prod",application="box",job="default",job_id="box.1",state="unknown"} 0
# HELP syncwright_job_last_cycle_success Whether the last cycle of the job succeeded; entries that failed do not count.
# TYPE syncwright_job_last_cycle_success gauge
syncwright_job_last_cycle_success{project="contoso",environment="prod",application="box",job="default",job_id="box.1"} 0
# HELP syncwright_job_last_cycle_start_timestamp_seconds When the last cycle of the job began, since 1970.
# TYPE syncwright_job_last_cycle_start_timestamp_seconds gauge
# UNIT syncwright_job_last_cycle_start_timestamp_seconds seconds
syncwright_job_last_cycle_start_timestamp_seconds{project="contoso",environment="prod",application="box",job="default",job_id="box.1"} 1795341600
# HELP syncwright_job_last_cycle_end_timestamp_seconds When the last cycle of the job ended, since 1970.
# TYPE syncwright_job_last_cycle_end_timestamp_seconds gauge
# UNIT syncwright_job_last_cycle_end_timestamp_seconds seconds
syncwright_job_last_cycle_end_timestamp_seconds{project="contoso",environment="prod",application="box",job="default",job_id="box.1"} 1795341603
# HELP syncwright_job_last_cycle_objects Objects of the last cycle: entitled, imported, exported, or failed.
# TYPE syncwright_job_last_cycle_objects gauge
syncwright_job_last_cycle_objects{project="contoso",environment="prod",application="box",job="default",job_id="box.1",outcome="entitled"} 5
syncwright_job_last_cycle_objects{project="contoso",environment="prod",application="box",job="default",job_id="box.1",outcome="imported"} 12
syncwright_job_last_cycle_objects{project="contoso",environment="prod",application="box",job="default",job_id="box.1",outcome="exported"} 9
syncwright_job_last_cycle_objects{project="contoso",environment="prod",application="box",job="default",job_id="box.1",outcome="failed"} 3
# HELP syncwright_job_synchronized_objects Objects that the job keeps in step.
# TYPE syncwright_job_synchronized_objects gauge
syncwright_job_synchronized_objects{project="contoso",environment="prod",application="box",job="default",job_id="box.1",kind="User to User"} 12
# HELP syncwright_job_quarantine_age_seconds How long the job has been in quarantine when the file was written; Microsoft disables it after 28 days.
# TYPE syncwright_job_quarantine_age_seconds gauge
# UNIT syncwright_job_quarantine_age_seconds seconds
syncwright_job_quarantine_age_seconds{project="contoso",environment="prod",application="box",job="default",job_id="box.1"} 3600
# HELP syncwright_status_read_complete Whether every application could be read.
# TYPE syncwright_status_read_complete gauge
syncwright_status_read_complete{project="contoso",environment="prod"} 1
# HELP syncwright_status_timestamp_seconds When the tenant was read, since 1970.
# TYPE syncwright_status_timestamp_seconds gauge
# UNIT syncwright_status_timestamp_seconds seconds
syncwright_status_timestamp_seconds{project="contoso",environment="prod"} 1795345203
# EOF
)");
}

TEST_CASE("a job is in one state") {
  StatusRow row = quarantined_row();
  CHECK(state_in(row) == "quarantine");
  row.state = "paused";
  CHECK(state_in(row) == "quarantine");
  row.quarantine.clear();
  row.code = "Paused";
  CHECK(state_in(row) == "paused");
  row.state = "started";
  for (const auto& [code, state] :
       {std::pair("Active", "active"), std::pair("NotRun", "not_run"),
        std::pair("NotConfigured", "not_configured"), std::pair("Elsewhere", "unknown")}) {
    row.code = code;
    CHECK(state_in(row) == state);
  }
  for (const char* state : {"missing", "refused", "unreadable"}) {
    row.state = state;
    CHECK(state_in(row) == state);
  }
}

TEST_CASE("drift as metrics: an application in step counts 0, so that an alert ends") {
  plan::Drift drift;
  drift.plan.project = "contoso";
  drift.plan.created_at = at("2026-11-22T11:00:03Z");
  drift.plan.existing = {{"aws", "1"}, {"sf", "2"}};
  drift.plan.changes = {change(plan::ChangeType::schema_put, "sf/jobs/default/schema"),
                        change(plan::ChangeType::job_start, "sf/jobs/default/start")};
  drift.plan.changes[0].cause = plan::Cause::tenant;
  drift.plan.changes[1].cause = plan::Cause::manifest;
  drift.plan.health = {{"sf", "default", plan::HealthState::entry_errors, "3 objects", false}};
  drift.plan.orphans = {{"old", "sp-3", "Old"}};
  CHECK(openmetrics::of_drift(drift) ==
        R"(# HELP syncwright_drift_differences Differences between the application and its manifest.
# TYPE syncwright_drift_differences gauge
syncwright_drift_differences{project="contoso",environment="",application="aws"} 0
syncwright_drift_differences{project="contoso",environment="",application="sf"} 2
# HELP syncwright_drift_differences_by_cause Differences by what changed since the last apply.
# TYPE syncwright_drift_differences_by_cause gauge
syncwright_drift_differences_by_cause{project="contoso",environment="",cause="unknown"} 0
syncwright_drift_differences_by_cause{project="contoso",environment="",cause="tenant"} 1
syncwright_drift_differences_by_cause{project="contoso",environment="",cause="manifest"} 1
syncwright_drift_differences_by_cause{project="contoso",environment="",cause="both"} 0
# HELP syncwright_drift_job_unhealthy A finding about the health of a job; 1 where it counts as drift.
# TYPE syncwright_drift_job_unhealthy gauge
syncwright_drift_job_unhealthy{project="contoso",environment="",application="sf",job="default",health="entry-errors"} 0
# HELP syncwright_drift_orphans Applications of the project that no manifest names.
# TYPE syncwright_drift_orphans gauge
syncwright_drift_orphans{project="contoso",environment=""} 1
# HELP syncwright_drift_outside_edits Edits by others outside what the manifests manage; absent where the log was not read.
# TYPE syncwright_drift_outside_edits gauge
syncwright_drift_outside_edits{project="contoso",environment=""} 0
# HELP syncwright_drift_read_complete Whether all manifests were compared with what the tenant has.
# TYPE syncwright_drift_read_complete gauge
syncwright_drift_read_complete{project="contoso",environment=""} 1
# HELP syncwright_drift_timestamp_seconds When the tenant was read, since 1970.
# TYPE syncwright_drift_timestamp_seconds gauge
# UNIT syncwright_drift_timestamp_seconds seconds
syncwright_drift_timestamp_seconds{project="contoso",environment=""} 1795345203
# EOF
)");
  drift.unmanaged.reset();
  CHECK(openmetrics::of_drift(drift).find("outside_edits") == std::string::npos);
}

TEST_CASE("label values are quoted, and a series stands once") {
  openmetrics::Exposition file("a\"b\\c\nd\x1b", "");
  file.add("drift_orphans", {}, 1);
  file.add("drift_orphans", {}, 2);
  CHECK(file.text() ==
        "# HELP syncwright_drift_orphans Applications of the project that no manifest names.\n"
        "# TYPE syncwright_drift_orphans gauge\n"
        R"(syncwright_drift_orphans{project="a\"b\\c\\nd\\x1b",environment=""} 1)"
        "\n# EOF\n");
}

TEST_CASE("names fit OpenMetrics and the text format of Prometheus") {
  std::set<std::string> names;
  const auto page = read_file(SYNCWRIGHT_SOURCE_DIR "/docs/reports.md");
  REQUIRE(page);
  for (const openmetrics::Family& family : openmetrics::metric_families()) {
    const std::string name = full_name(family);
    CAPTURE(name);
    CHECK(names.insert(name).second);
    CHECK(page->find("| `" + name + "` |") != std::string::npos);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
    for (const char* suffix : {"_total", "_info", "_count", "_sum", "_bucket", "_created"}) {
      CHECK_FALSE(name.ends_with(suffix));
    }
    CHECK(family.help.find_first_of("\"\\\n") == std::string_view::npos);
    CHECK(family.help.ends_with('.'));
  }
}
