#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

const std::string saving =
    "planned credentials.validate salesforce-contoso/credentials/validate\n"
    "planned credentials.save salesforce-contoso/credentials\n";

model::LiveApplication with_old_revision() {
  model::LiveApplication live = settled(salesforce());
  live.tags.back() = "syncwright-credentials:2026-10";
  return live;
}

model::LiveApplication quarantined(model::LiveApplication live, const std::string& reason) {
  live.jobs[0].status_code = "Quarantine";
  live.jobs[0].quarantine = model::LiveQuarantine{};
  live.jobs[0].quarantine->reason = reason;
  return live;
}

}  // namespace

TEST_CASE("a stopped job is started, a running one paused, as the manifest says") {
  model::LiveApplication live = settled(salesforce());
  live.jobs[0].schedule_state = "Disabled";
  const Plan start = planned(salesforce(), found(live));
  CHECK(outline(start) == "planned job.start salesforce-contoso/jobs/default/start\n");
  CHECK(start.changes[0].fields ==
        std::vector<schema::FieldChange>{schema::FieldChange{"state", "paused", "started"}});
  CHECK(start.changes[0].origin.line == 18);

  model::DesiredApplication paused = salesforce();
  paused.jobs[0].state = model::JobState::paused;
  const Plan pause = planned(paused, found(settled(salesforce())));
  CHECK(outline(pause) == "planned job.pause salesforce-contoso/jobs/default/pause\n");
  CHECK(pause.changes[0].basis.has_value());
  CHECK(pause.changes[0].basis != start.changes[0].basis);
}

TEST_CASE("a schema edited in the tenant is put back, and the job is not restarted") {
  model::LiveApplication live = settled(salesforce());
  const std::string edited = replaced(live.jobs[0].schema->text(), "\"[extensionAttribute10]\"",
                                      "\"[extensionAttribute9]\"");
  live.jobs[0].schema =
      decoded(replaced(edited, "\"extensionAttribute10\"", "\"extensionAttribute9\""));
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "planned schema.put salesforce-contoso/jobs/default/schema\n");
  const Change& change = plan.changes[0];
  const std::vector<schema::FieldChange> expected{{"USER_OUTBOUND_USER/User->User/officeCode",
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

  SUBCASE("a clear credential is one as well") {
    model::DesiredApplication desired = salesforce();
    desired.credentials->values[0].value = "https://mended.example.com/";
    CHECK(outline(planned(desired, found(quarantined(settled(salesforce()), reason)))) ==
          saving + restart);
  }
  SUBCASE("a setting is none") {
    model::DesiredApplication desired = salesforce();
    desired.notifications->recipient = "other@contoso.com";
    CHECK(outline(planned(desired, found(quarantined(settled(salesforce()), reason)))) == saving);
  }
}

TEST_CASE("a restart that an earlier run did not come to is kept by its tag") {
  model::LiveApplication live = settled(salesforce());
  live.tags.emplace_back("syncwright-pending:restart");
  const std::string restart = "planned job.restart salesforce-contoso/jobs/default/restart\n";
  CHECK(outline(planned(salesforce(), found(live))) == restart);

  SUBCASE("and is what the manifest changed, not the tenant") {
    live.tags.push_back("syncwright-applied:" + model::applied_digest(salesforce()));
    CHECK(planned(salesforce(), found(live)).changes[0].cause == Cause::manifest);
  }
  SUBCASE("also where it names the job") {
    live.tags.back() += ":" + live.jobs[0].id;
    CHECK(outline(planned(salesforce(), found(live))) == restart);
  }
  SUBCASE("but not where it names another one") {
    live.tags.back() += ":another.1";
    CHECK_FALSE(planned(salesforce(), found(live)).has_changes());
  }
  SUBCASE("it starts a job that is to run") {
    live.jobs[0].schedule_state = "Disabled";
    CHECK(outline(planned(salesforce(), found(live))) == restart);
  }
  SUBCASE("it never starts one that is to stand still") {
    model::DesiredApplication paused = salesforce();
    paused.jobs[0].state = model::JobState::paused;
    CHECK(outline(planned(paused, found(live))) ==
          "planned job.pause salesforce-contoso/jobs/default/pause\n");
    live.jobs[0].schedule_state = "Disabled";
    CHECK_FALSE(planned(paused, found(live)).has_changes());
  }
}

TEST_CASE("credentials are tested only with values, a job, and where the manifest lets them") {
  model::DesiredApplication application = salesforce();
  SUBCASE("validate: false") {
    application.credentials->validate = false;
  }
  SUBCASE("no values") {
    application.credentials->values.clear();
  }
  SUBCASE("no job") {
    application.jobs.clear();
  }
  CHECK(outline(planned(application, nothing_found())).find("credentials.validate") ==
        std::string::npos);
  CHECK(outline(planned(application, nothing_found())).find("credentials.save") !=
        std::string::npos);
}

TEST_CASE("credentials are tested also without references, and through a job that nobody manages") {
  const std::string validate =
      "planned credentials.validate salesforce-contoso/credentials/validate\n";
  model::DesiredApplication clear = salesforce();
  clear.credentials->values.pop_back();
  CHECK(outline(planned(clear, nothing_found())).find(validate) != std::string::npos);

  SUBCASE("but not where the secrets among them are left to the tenant") {
    clear.credentials->values[0].value = "https://other.example.com/";
    model::Desired desired = project({clear});
    desired.guards.secrets_put = model::SecretsPut::merge;
    model::Live tenant;
    tenant.findings[clear.name] = found(settled(salesforce()));
    const Plan plan = make_plan(desired, tenant, kNow);
    CHECK(outline(plan) == "planned credentials.save salesforce-contoso/credentials\n");
    CHECK(plan.changes[0].reason ==
          "BaseAddress differs; not tried on the target system first, since SecretToken stays as "
          "live");
  }

  model::DesiredApplication jobless = salesforce();
  jobless.jobs.clear();
  const Plan created = planned(jobless, nothing_found());
  CHECK(created.changes[created.changes.size() - 1].reason ==
        "a new application has no settings; there is no job to try the credentials through");
  model::LiveApplication live = with_old_revision();
  CHECK(outline(planned(jobless, found(live))).find(validate) != std::string::npos);
}

TEST_CASE("a scope that narrows restarts the job, at the risk of deprovisioning") {
  model::LiveApplication live = settled(salesforce());
  for (model::LiveSecret& secret : live.secrets) {
    if (secret.key == "SyncAll") secret.value = "true";
  }
  const std::string restart = "planned job.restart salesforce-contoso/jobs/default/restart\n";
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == saving + restart);
  CHECK(plan.changes[1].risks == Risks{Risk::deprovision});
  CHECK(plan.changes[1].origin.line == 8);

  SUBCASE("also one that stands still and is to run") {
    live.jobs[0].schedule_state = "Disabled";
    CHECK(outline(planned(salesforce(), found(live))) == saving + restart);
  }
  SUBCASE("one that never ran is started, and nobody is at risk") {
    live.jobs[0].schedule_state = "Disabled";
    live.jobs[0].status_code = "Paused";
    live.jobs[0].last_execution.reset();
    const Plan fresh = planned(salesforce(), found(live));
    CHECK(outline(fresh) == saving + "planned job.start salesforce-contoso/jobs/default/start\n");
    CHECK(fresh.changes[1].risks.empty());
  }
}

TEST_CASE("a scoping filter on a job that has provisioned is planned with its risk") {
  model::DesiredApplication application = salesforce();
  const model::Findings findings = found(settled(application));
  application.jobs[0].schema->mappings[0].scoping_filter =
      schema::ScopingFilterRequest{false, {{"", {{"department", "EQUALS", {"Sales"}}}}}};
  const Plan plan = planned(application, findings);
  CHECK(outline(plan) == "planned schema.put salesforce-contoso/jobs/default/schema\n");
  CHECK(plan.changes[0].risks == Risks{Risk::deprovision});
  CHECK(plan.changes[0].basis.has_value());
}

TEST_CASE("an operator's hold: jobs are paused and changed, but not started") {
  model::LiveApplication live = settled(salesforce());
  live.tags.emplace_back("syncwright-hold:the target is moved");
  CHECK_FALSE(planned(salesforce(), found(live)).has_changes());
  live.jobs[0].schedule_state = "Disabled";
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "held job.start salesforce-contoso/jobs/default/start\n");
  CHECK(refusal_of(plan).code == Code::SW5014);
  CHECK(refusal_of(plan).message ==
        "an operator holds the application's jobs: the target is moved");
  CHECK(refusal_of(plan).advice ==
        "`syncwright job start --app salesforce-contoso --release` lets go of it");

  SUBCASE("a restart that is due waits as well") {
    live.tags.emplace_back("syncwright-pending:restart");
    CHECK(outline(planned(salesforce(), found(live))) ==
          "held job.restart salesforce-contoso/jobs/default/restart\n");
  }
  SUBCASE("and so does a job that is created") {
    live.jobs.clear();
    CHECK(outline(planned(salesforce(), found(live))) ==
          "planned job.create salesforce-contoso/jobs/default\n"
          "planned schema.put salesforce-contoso/jobs/default/schema\n"
          "held job.start salesforce-contoso/jobs/default/start\n");
  }
}

TEST_CASE("a restart in a deletion quarantine is a person's to decide") {
  model::LiveApplication live = quarantined(settled(salesforce()), "TooManyDeletes");
  live.tags.emplace_back("syncwright-pending:restart");
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "held job.restart salesforce-contoso/jobs/default/restart\n");
  CHECK_FALSE(plan.has_refusals());
}

TEST_CASE("a job that is to go is listed, and deleted only on demand") {
  model::DesiredApplication application = salesforce();
  model::DesiredJob old;
  old.key = "old";
  old.absent = true;
  old.where = {"manifests/salesforce.yaml", 40, 5, 0};
  application.jobs.push_back(old);
  model::LiveApplication live = settled(salesforce());
  live.jobs[0].id = "salesforce.1";
  application.jobs[0].job_id = "salesforce.1";
  CHECK_FALSE(planned(application, found(live)).has_changes());
  model::LiveJob surplus = running_job();
  surplus.id = "old.2";
  surplus.template_id = "old";
  live.jobs.push_back(surplus);
  const Plan listed = planned(application, found(live));
  CHECK_FALSE(listed.has_changes());
  REQUIRE(listed.health.size() == 1);
  CHECK(listed.health[0] == Health{"salesforce-contoso", "old", HealthState::surplus,
                                   "the manifest says absent; `--prune --max-deletes N` deletes it",
                                   true});

  const model::Desired desired = project({application});
  PlanContext context = plan_context(desired);
  context.prune = true;
  model::Live tenant;
  tenant.findings.emplace(application.name, found(live));
  const Plan plan = make_plan(desired, tenant, kNow, context);
  CHECK(outline(plan) == "planned job.delete salesforce-contoso/jobs/old/delete\n");
  CHECK(plan.changes[0].target()->id == "old.2");
  CHECK(plan.changes[0].basis.has_value());
  CHECK(plan.changes[0].origin.line == 40);
  CHECK(plan.guards.at(0).guard == Guard::max_deletes);

  SUBCASE("unless another entry means the same job") {
    application.jobs[0].job_id = "old.2";
    tenant.findings[application.name] = found(live);
    const Plan shared = make_plan(project({application}), tenant, kNow, context);
    CHECK(outline(shared) ==
          "blocked job.create salesforce-contoso/jobs/default\n"
          "blocked job.delete salesforce-contoso/jobs/old/delete\n");
  }
}

TEST_CASE("a job is made of a template that the application offers, and one of each") {
  model::DesiredApplication application = salesforce();
  application.jobs[0].key = "nosuch";
  model::LiveApplication live = settled(salesforce());
  live.template_ids = {"salesforce", "back"};
  const Plan unknown = planned(application, found(live));
  CHECK(outline(unknown) == "blocked job.create salesforce-contoso/jobs/nosuch\n");
  CHECK(refusal_of(unknown).code == Code::SW5008);
  CHECK(refusal_of(unknown).candidates == live.template_ids);
  application.jobs[0].template_id = "back";
  CHECK(outline(planned(application, found(live))).starts_with("planned job.create"));

  live.jobs.clear();
  application = salesforce();
  model::DesiredJob second = application.jobs[0];
  second.key = "second";
  second.template_id = "salesforce";
  application.jobs.push_back(second);
  const Plan shared = planned(application, found(live));
  REQUIRE(shared.changes.size() == 2);
  for (const Change& change : shared.changes) {
    REQUIRE(change.refusal);
    CHECK(change.refusal->code == Code::SW5007);
    CHECK(change.refusal->message ==
          "the jobs default and second all come from the synchronization template salesforce");
  }
}

TEST_CASE("a job that no manifest names is left alone and listed") {
  model::LiveApplication live = settled(salesforce());
  model::LiveJob other = running_job();
  other.id = "scim.2";
  other.template_id = "scim";
  live.jobs.push_back(other);
  model::DesiredApplication application = salesforce();
  application.jobs[0].template_id = "salesforce";
  application.jobs[0].key = "salesforce";
  const Plan plan = planned(application, found(live));
  CHECK_FALSE(plan.has_changes());
  REQUIRE(plan.health.size() == 1);
  CHECK(plan.health[0] == Health{"salesforce-contoso", "scim.2", HealthState::unmanaged,
                                 "the manifest names other jobs only; this one is left alone",
                                 false});
}

TEST_CASE("a whole document of a file is laid beneath the customization") {
  model::DesiredApplication application = salesforce();
  model::DesiredJob& job = application.jobs[0];
  const model::Findings findings = found(settled(application));
  const auto document = std::make_shared<const schema::SynchronizationSchema>(decoded(
      replaced(findings.owned[0].jobs[0].schema->text(), "Add, Update, Delete", "Add, Update")));
  job.base_schema = model::BaseSchema{"schemas/salesforce.json", document};
  const Plan plan = planned(application, findings);
  CHECK(outline(plan) == "planned schema.put salesforce-contoso/jobs/default/schema\n");
  CHECK(plan.changes[0].fields == std::vector<schema::FieldChange>{
                                      schema::FieldChange{"USER_OUTBOUND_USER/User->User:flowTypes",
                                                          {"Add", "Update", "Delete"},
                                                          {"Add", "Update"}}});

  SUBCASE("the customization has the last word") {
    job.schema->mappings[0].flow_types = {"Add", "Update", "Delete"};
    CHECK_FALSE(planned(application, findings).has_changes());
  }
  SUBCASE("of a job that is not there yet the file is named") {
    job.schema.reset();
    const Plan fresh = planned(application, nothing_found());
    const Change* schema = fresh.find("salesforce-contoso/jobs/default/schema");
    REQUIRE(schema != nullptr);
    CHECK(schema->provisional);
    CHECK(schema->fields ==
          std::vector<schema::FieldChange>{schema::FieldChange{
              "document", {{"unknown", true}}, {{"file", "schemas/salesforce.json"}}}});
  }
}
