#include "syncwright/model/live.h"

#include <doctest/doctest.h>

using namespace syncwright;
using namespace syncwright::model;

namespace {

/// docs/graph.md#5.5: a job as it is just created.
LiveJob fresh_job() {
  LiveJob job;
  job.schedule_state = "Disabled";
  job.status_code = "Paused";
  return job;
}

LiveExecution execution(std::string state, std::string error_code) {
  LiveExecution result;
  result.state = std::move(state);
  result.error_code = std::move(error_code);
  return result;
}

}  // namespace

TEST_CASE("the execution of a job that never ran is a placeholder, not a failure") {
  CHECK(execution("Failed", "None").is_placeholder());
  CHECK_FALSE(execution("Failed", "InvalidCredentials").is_placeholder());
  CHECK_FALSE(execution("Failed", "").is_placeholder());
  CHECK_FALSE(execution("Succeeded", "None").is_placeholder());
}

TEST_CASE("a fresh job has provisioned nobody") {
  LiveJob job = fresh_job();
  CHECK_FALSE(job.may_have_provisioned());
  job.status_code = "NotConfigured";
  job.last_execution = execution("Failed", "None");
  job.synchronized_entries["User to User"] = 0;
  CHECK_FALSE(job.may_have_provisioned());
}

TEST_CASE("any sign of a cycle means that accounts may exist") {
  std::vector<LiveJob> jobs(8, fresh_job());
  jobs[0].schedule_state = "Active";
  jobs[1].last_execution = execution("EntryLevelErrors", "");
  jobs[2].last_successful_end = "2026-11-20T00:00:00Z";
  jobs[3].steady_state_since = "2026-11-20T00:00:00Z";
  jobs[4].synchronized_entries["User to User"] = 3;
  jobs[5].quarantine.emplace();
  jobs[6].status_code = "Active";
  jobs[7].status_code = "Quarantine";
  for (std::size_t index = 0; index < jobs.size(); ++index) {
    CAPTURE(index);
    CHECK(jobs[index].may_have_provisioned());
  }
}

TEST_CASE("refused credentials are told by the code of the quarantine, else of the failed cycle") {
  const auto quarantined_for = [](const std::string& reason, const std::string& code) {
    LiveJob job = fresh_job();
    job.quarantine.emplace();
    job.quarantine->reason = reason;
    job.quarantine->error_code = code;
    return job.has_refused_credentials();
  };
  const std::string reason = "EncounteredQuarantineException";
  const std::string scim = "SystemForCrossDomainIdentityManagement";
  for (const std::string& code :
       {std::string(), std::string("InvalidCredentials"), scim + "InvalidCredentials",
        scim + "CredentialValidationFailure", scim + "CredentialValidationUnavailable"}) {
    CAPTURE(code);
    CHECK(quarantined_for(reason, code));
  }
  CHECK_FALSE(quarantined_for(reason, scim + "ServiceIncompatible"));
  CHECK_FALSE(quarantined_for("TooManyDeletes", ""));
  CHECK_FALSE(quarantined_for("TooManyDeletes", "InvalidCredentials"));
  LiveJob job = fresh_job();
  CHECK_FALSE(job.has_refused_credentials());
  job.last_execution = execution("Failed", "InvalidCredentials");
  CHECK(job.has_refused_credentials());
  job.last_execution = execution("Succeeded", "InvalidCredentials");
  CHECK_FALSE(job.has_refused_credentials());
  job.last_execution = execution("Failed", "None");
  CHECK_FALSE(job.has_refused_credentials());
}
