#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::test;

namespace {

const std::string saving =
    "planned credentials.validate salesforce-contoso/credentials/validate\n"
    "planned credentials.save salesforce-contoso/credentials\n";

LiveApplication with_old_revision() {
  LiveApplication live = settled(salesforce());
  live.tags.back() = "syncwright-credentials:2026-10";
  return live;
}

LiveApplication quarantined(LiveApplication live, const std::string& reason) {
  live.jobs[0].status_code = "Quarantine";
  live.jobs[0].quarantine = LiveQuarantine{};
  live.jobs[0].quarantine->reason = reason;
  return live;
}

}  // namespace

TEST_CASE("a stopped job is started, a running one paused, as the manifest says") {
  LiveApplication live = settled(salesforce());
  live.jobs[0].schedule_state = "Disabled";
  const Plan start = planned(salesforce(), found(live));
  CHECK(outline(start) == "planned job.start salesforce-contoso/jobs/default/start\n");
  CHECK(start.changes[0].fields ==
        std::vector<FieldChange>{FieldChange{"state", "paused", "started"}});
  CHECK(start.changes[0].origin.line == 18);

  DesiredApplication paused = salesforce();
  paused.jobs[0].state = JobState::paused;
  const Plan pause = planned(paused, found(settled(salesforce())));
  CHECK(outline(pause) == "planned job.pause salesforce-contoso/jobs/default/pause\n");
  CHECK(pause.changes[0].basis.has_value());
  CHECK(pause.changes[0].basis != start.changes[0].basis);
}

TEST_CASE("a schema edited in the tenant is put back, and the job is not restarted") {
  LiveApplication live = settled(salesforce());
  const std::string edited = replaced(live.jobs[0].schema->text(), "\"[extensionAttribute10]\"",
                                      "\"[extensionAttribute9]\"");
  live.jobs[0].schema =
      decoded(replaced(edited, "\"extensionAttribute10\"", "\"extensionAttribute9\""));
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "planned schema.put salesforce-contoso/jobs/default/schema\n");
  const Change& change = plan.changes[0];
  const std::vector<FieldChange> expected{{"USER_OUTBOUND_USER/User->User/officeCode",
                                           {{"expression", "[extensionAttribute9]"}},
                                           {{"expression", "[extensionAttribute10]"}}}};
  CHECK(change.fields == expected);
  CHECK(change.basis.has_value());
  CHECK_FALSE(change.provisional);
  CHECK(change.reason == "the live schema differs in 1 place");
}

TEST_CASE("a job in quarantine is restarted by a plan that saves credentials, and only then") {
  const std::string restart = "planned job.restart salesforce-contoso/jobs/default/restart\n";
  const std::string reason = "EncounteredQuarantineException";
  CHECK(outline(planned(salesforce(), found(quarantined(with_old_revision(), reason)))) ==
        saving + restart);
  CHECK_FALSE(
      planned(salesforce(), found(quarantined(settled(salesforce()), reason))).has_changes());
  CHECK(outline(planned(salesforce(), found(quarantined(with_old_revision(), "TooManyDeletes")))) ==
        saving);
  CHECK(outline(planned(salesforce(), found(with_old_revision()))) == saving);
}

TEST_CASE("a restart that an earlier run did not come to is kept by its tag") {
  LiveApplication live = settled(salesforce());
  live.tags.emplace_back("syncwright-pending:restart");
  const std::string restart = "planned job.restart salesforce-contoso/jobs/default/restart\n";
  CHECK(outline(planned(salesforce(), found(live))) == restart);

  SUBCASE("it starts a job that is to run") {
    live.jobs[0].schedule_state = "Disabled";
    CHECK(outline(planned(salesforce(), found(live))) == restart);
  }
  SUBCASE("it never starts one that is to stand still") {
    DesiredApplication paused = salesforce();
    paused.jobs[0].state = JobState::paused;
    CHECK(outline(planned(paused, found(live))) ==
          "planned job.pause salesforce-contoso/jobs/default/pause\n");
    live.jobs[0].schedule_state = "Disabled";
    CHECK_FALSE(planned(paused, found(live)).has_changes());
  }
}

TEST_CASE("credentials are tested only with references, a job, and where the manifest lets them") {
  DesiredApplication application = salesforce();
  SUBCASE("validate: false") {
    application.credentials->validate = false;
  }
  SUBCASE("no references") {
    application.credentials->values.pop_back();
  }
  SUBCASE("no job") {
    application.jobs.clear();
  }
  CHECK(outline(planned(application, nothing_found())).find("credentials.validate") ==
        std::string::npos);
  CHECK(outline(planned(application, nothing_found())).find("credentials.save") !=
        std::string::npos);
}
