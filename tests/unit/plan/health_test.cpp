#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

std::vector<Health> health_of(const model::LiveJob& job, std::optional<model::JobState> state) {
  model::DesiredApplication application = salesforce();
  application.jobs[0].state = state;
  application.jobs[0].schema.reset();
  model::LiveApplication live = settled(application);
  live.jobs = {job};
  return planned(application, found(live)).health;
}

Health health(HealthState state, const std::string& message, bool is_drift) {
  return {"salesforce-contoso", "default", state, message, is_drift};
}

const std::string kAdvice =
    "; the target refuses the credentials: once their secrets are right, change "
    "`credentials.revision` (manifests/salesforce.yaml:10), and apply saves them again";

}  // namespace

TEST_CASE("a job that does well has nothing to say") {
  CHECK(health_of(running_job(), model::JobState::started).empty());
}

TEST_CASE("quarantine says since when, why and when the next attempt is") {
  model::LiveJob job = running_job();
  job.quarantine = model::LiveQuarantine{"EncounteredQuarantineException", "InvalidCredentials",
                                         "the token was refused",          "2026-11-20T08:00:00Z",
                                         "2026-11-22T14:00:00Z",           3};
  CHECK(health_of(job, model::JobState::started) ==
        std::vector{
            health(HealthState::quarantine,
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; next attempt 2026-11-22T14:00:00Z" +
                       kAdvice,
                   true)});
  job.schedule_state = "Disabled";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{
            health(HealthState::quarantine,
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; the job is stopped" +
                       kAdvice,
                   true)});
  job.last_execution->time_ended = "2026-12-17T07:00:00Z";  // 27 days of it
  CHECK(health_of(job, std::nullopt).at(0).state == HealthState::quarantine);
  job.last_execution->time_ended = "2026-12-18T07:00:00Z";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{
            health(HealthState::expired,
                   "in quarantine since 2026-11-20T08:00:00Z: EncounteredQuarantineException, "
                   "InvalidCredentials: the token was refused; the job is disabled after 28 "
                   "days of it" +
                       kAdvice,
                   true)});
  job.schedule_state = "Active";
  CHECK(health_of(job, std::nullopt).at(0).state == HealthState::quarantine);
}

TEST_CASE("a failed cycle is drift, failed entries are not, and a job that never ran is neither") {
  model::LiveJob job = running_job();
  job.last_execution->state = "Failed";
  job.last_execution->error_code = "SystemForCrossDomainIdentityManagementServiceIncompatible";
  job.last_execution->time_ended = "2026-11-22T09:00:00Z";
  CHECK(health_of(job, model::JobState::started) ==
        std::vector{health(HealthState::failing,
                           "the last cycle failed at 2026-11-22T09:00:00Z: "
                           "SystemForCrossDomainIdentityManagementServiceIncompatible",
                           true)});
  job.last_execution->error_code = "None";
  CHECK(health_of(job, model::JobState::started).empty());
  job.last_execution->state = "EntryLevelErrors";
  job.last_execution->count_escrowed = 3;
  CHECK(health_of(job, model::JobState::started) ==
        std::vector{health(HealthState::entry_errors,
                           "3 objects failed in the last cycle; see `syncwright logs --app "
                           "salesforce-contoso --failed`",
                           false)});
}

TEST_CASE("a job that stands still is mentioned where the manifest does not say so") {
  model::LiveJob job = running_job();
  job.schedule_state = "Disabled";
  CHECK(health_of(job, std::nullopt) ==
        std::vector{health(HealthState::paused,
                           "the job is not running, and the manifest leaves its state alone",
                           false)});
  CHECK(health_of(job, model::JobState::paused).empty());
}

TEST_CASE("refused credentials: what the manifest can do about them, unless the plan does it") {
  model::DesiredApplication application = salesforce();
  model::LiveApplication live = settled(application);
  live.jobs[0].quarantine =
      model::LiveQuarantine{"EncounteredQuarantineException", "InvalidCredentials", "", "", "", 1};
  const auto said = [&] { return planned(application, found(live)).health.at(0).message.text(); };
  const std::string quarantine =
      "in quarantine: EncounteredQuarantineException, InvalidCredentials";
  CHECK(said() == quarantine + kAdvice);
  application.credentials->revision = "2026-12";
  CHECK(said() == quarantine);
  application.credentials->revision.reset();
  CHECK(
      said().ends_with("right, add `credentials.revision` (manifests/salesforce.yaml:10), and "
                       "apply saves them again"));
  application.credentials.reset();
  CHECK(said() == quarantine +
                      "; the target refuses the credentials, and the manifest has none: save them "
                      "where they were entered, or add `credentials`");
}

TEST_CASE("the jobs of an application whose manifest is refused are told too") {
  model::DesiredApplication application = salesforce();
  model::LiveApplication live = settled(application);
  live.jobs = {running_job()};
  live.jobs[0].quarantine = model::LiveQuarantine{};
  application.gallery = "Salesforse";
  model::Findings findings = found(live);
  findings.gallery.clear();
  const Plan plan = planned(application, findings);
  CHECK(outline(plan) == "blocked application.update salesforce-contoso/update\n");
  REQUIRE(plan.health.size() == 1);
  CHECK(plan.health[0].job == "default");
  CHECK(plan.health[0].state == HealthState::quarantine);
}
