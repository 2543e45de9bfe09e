#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

std::vector<Health> health_of(const LiveJob& job, std::optional<JobState> state) {
  DesiredApplication application = salesforce();
  application.jobs[0].state = state;
  application.jobs[0].schema.reset();
  LiveApplication live = settled(application);
  live.jobs = {job};
  return planned(application, found(live)).health;
}

Health health(const char* state, const char* message, bool is_drift) {
  return {"salesforce-contoso", "default", state, message, is_drift};
}

}  // namespace

TEST_CASE("a job that does well has nothing to say") {
  CHECK(health_of(running_job(), JobState::started).empty());
}

TEST_CASE("quarantine says since when, why and when the next attempt is") {
  LiveJob job = running_job();
  job.quarantine = LiveQuarantine{"EncounteredQuarantineException", "InvalidCredentials",
                                  "the token was refused",          "2026-11-20T08:00:00Z",
                                  "2026-11-22T14:00:00Z",           3};
  CHECK(health_of(job, JobState::started) ==
        std::vector{
            health("quarantine",
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; next attempt 2026-11-22T14:00:00Z",
                   true)});
  job.schedule_state = "Disabled";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{
            health("quarantine",
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; the job is stopped",
                   true)});
  job.last_execution->time_ended = "2026-12-17T07:00:00Z";  // 27 days of it
  CHECK(health_of(job, std::nullopt).at(0).state == "quarantine");
  job.last_execution->time_ended = "2026-12-18T07:00:00Z";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{
            health("expired",
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; the job is disabled after 28 "
                   "days of it",
                   true)});
  job.schedule_state = "Active";
  CHECK(health_of(job, std::nullopt).at(0).state == "quarantine");
}

TEST_CASE("a failed cycle is drift, failed entries are not, and a job that never ran is neither") {
  LiveJob job = running_job();
  job.last_execution->state = "Failed";
  job.last_execution->error_code = "SystemForCrossDomainIdentityManagementServiceIncompatible";
  job.last_execution->time_ended = "2026-11-22T09:00:00Z";
  CHECK(health_of(job, JobState::started) ==
        std::vector{health("failing",
                           "the last cycle failed at 2026-11-22T09:00:00Z: "
                           "SystemForCrossDomainIdentityManagementServiceIncompatible",
                           true)});
  job.last_execution->error_code = "None";
  CHECK(health_of(job, JobState::started).empty());
  job.last_execution->state = "EntryLevelErrors";
  job.last_execution->count_escrowed = 3;
  CHECK(health_of(job, JobState::started) ==
        std::vector{health("entry-errors",
                           "3 objects failed in the last cycle; see `syncwright logs --app "
                           "salesforce-contoso --failed`",
                           false)});
}

TEST_CASE("a job that stands still is mentioned where the manifest does not say so") {
  LiveJob job = running_job();
  job.schedule_state = "Disabled";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{health(
            "paused", "the job is not running, and the manifest leaves its state alone", false)});
  CHECK(health_of(job, JobState::paused).empty());
}
