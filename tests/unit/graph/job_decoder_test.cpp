#include <doctest/doctest.h>

#include "syncwright/core/json.h"
#include "syncwright/graph_read/decoders.h"

using namespace syncwright;
using namespace syncwright::graph_read;

namespace {

model::LiveJob job_of(const std::string& text) {
  const Result<Json> json = parse_json(text);
  REQUIRE(json);
  Result<model::LiveJob> job = graph_read::decode_job(*json);
  REQUIRE(job);
  return std::move(*job);
}

}  // namespace

TEST_CASE("a running job") {
  const model::LiveJob job = job_of(R"({
    "@odata.context": "x", "id": "scim.1.2", "templateId": "scim",
    "schedule": {"expiration": null, "interval": "PT40M", "state": "Active"},
    "status": {
      "code": "Active", "quarantine": null, "progress": [],
      "lastExecution": {"state": "EntryLevelErrors", "error": null, "countEntitled": 42,
        "countImported": 44, "countExported": 3, "countEscrowed": 1,
        "timeBegan": "2026-03-02T10:00:12.1030127Z", "timeEnded": "2026-03-02T10:01:40.5530127Z"},
      "lastSuccessfulExecution": {"timeEnded": "2026-03-01T10:01:40Z"},
      "steadyStateFirstAchievedTime": "2026-03-02T10:01:40Z",
      "synchronizedEntryCountByType": [{"key": "User to User", "value": 42}, {"value": 1}]}})");
  CHECK(job.id == "scim.1.2");
  CHECK(job.template_id == "scim");
  CHECK(job.schedule_interval == "PT40M");
  CHECK(job.is_started());
  CHECK(job.status_code == "Active");
  CHECK_FALSE(job.quarantine);
  REQUIRE(job.last_execution);
  CHECK(job.last_execution->state == "EntryLevelErrors");
  CHECK(job.last_execution->error_code.empty());
  CHECK(job.last_execution->count_entitled == 42);
  CHECK(job.last_execution->count_imported == 44);
  CHECK(job.last_execution->count_exported == 3);
  CHECK(job.last_execution->count_escrowed == 1);
  CHECK(job.last_execution->time_ended == "2026-03-02T10:01:40.5530127Z");
  CHECK(job.last_successful_end == "2026-03-01T10:01:40Z");
  CHECK(job.steady_state_since == "2026-03-02T10:01:40Z");
  CHECK(job.synchronized_entries == std::map<std::string, std::int64_t>{{"User to User", 42}});
}

TEST_CASE("the placeholder of a job that never ran is no failure") {
  const model::LiveJob job = job_of(R"({"id": "j", "schedule": {"state": "Active"}, "status": {
    "code": "NotRun", "lastExecution": {"state": "Failed", "timeBegan": "0001-01-01T00:00:00Z",
      "timeEnded": "0001-01-01T00:00:00Z", "error": {"code": "None", "message": ""}},
    "lastSuccessfulExecution": null, "steadyStateFirstAchievedTime": "0001-01-01T00:00:00Z"}})");
  REQUIRE(job.last_execution);
  CHECK(job.last_execution->is_placeholder());
  CHECK(job.last_execution->time_ended.empty());
  CHECK(job.last_successful_end.empty());
  CHECK(job.steady_state_since.empty());
}

TEST_CASE("a quarantine with its reason, fit for a terminal") {
  const model::LiveJob job = job_of(R"({"id": "j", "status": {"code": "Quarantine", "quarantine": {
    "currentBegan": "2026-03-02T10:00:14Z", "nextAttempt": "2026-03-02T10:05:14Z",
    "reason": "EncounteredQuarantineException", "seriesCount": 3,
    "error": {"code": "InvalidCredentials", "message": "the \u001b[31mtoken\r\nis wrong"}}}})");
  REQUIRE(job.quarantine);
  CHECK(job.quarantine->reason == "EncounteredQuarantineException");
  CHECK(job.quarantine->error_code == "InvalidCredentials");
  CHECK(job.quarantine->error_message == "the [31mtoken is wrong");
  CHECK(job.quarantine->current_began == "2026-03-02T10:00:14Z");
  CHECK(job.quarantine->next_attempt == "2026-03-02T10:05:14Z");
  CHECK(job.quarantine->series_count == 3);
}

TEST_CASE("members of wrong types are as good as absent, a missing id is not") {
  const model::LiveJob job = job_of(
      R"({"id": "j", "schedule": 1, "status": {"quarantine": [], "lastExecution": "x",
          "synchronizedEntryCountByType": {"a": 1}}})");
  CHECK(job.schedule_state.empty());
  CHECK_FALSE(job.quarantine);
  CHECK_FALSE(job.last_execution);
  CHECK(job.synchronized_entries.empty());

  const Result<model::LiveJob> nameless = graph_read::decode_job(Json{{"templateId", "scim"}});
  REQUIRE_FALSE(nameless);
  CHECK(nameless.error().kind == ErrorKind::malformed);
}
