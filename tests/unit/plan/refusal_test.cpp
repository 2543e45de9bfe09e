#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

model::LiveApplication neighbour(const std::string& id, std::vector<std::string> tags) {
  model::LiveApplication live;
  live.reference.service_principal_id = id;
  live.reference.display_name = "Salesforce Contoso";
  live.tags = std::move(tags);
  return live;
}

model::DesiredApplication with_job(const std::string& key) {
  model::DesiredApplication application = bare("sf");
  model::DesiredJob job;
  job.key = key;
  application.jobs = {job};
  return application;
}

const std::string creating = "blocked application.instantiate sf\n";
const std::string updating = "blocked application.update sf/update\n";

}  // namespace

TEST_CASE("SW5001: a gallery that has no such application") {
  const Plan plan = planned(bare("sf"), {});
  CHECK(outline(plan) == creating);
  CHECK(refusal_of(plan).code == Code::SW5001);
  CHECK(refusal_of(plan).message == "the gallery has no application `Salesforce`");
  CHECK(plan.changes[0].origin.line == 6);
  CHECK(plan.summary.create == 1);
  CHECK(refusal_of(plan).advice.starts_with("`syncwright catalog WORD` searches"));

  SUBCASE("with what was probably meant") {
    model::Findings findings;
    findings.near_gallery = "Salesforce Sandbox";
    CHECK(refusal_of(planned(bare("sf"), findings))
              .advice.starts_with(
                  "did you mean `Salesforce Sandbox`? `syncwright catalog WORD` searches"));
  }
  SUBCASE("and one that was renamed since the application was made") {
    model::Findings findings;
    findings.owned = {settled(bare("sf"))};
    const Plan existing = planned(bare("sf"), findings);
    CHECK(outline(existing) == updating);
    CHECK(refusal_of(existing).code == Code::SW5001);
    CHECK(refusal_of(existing).candidates == std::vector<std::string>{kSalesforceTemplate});
    model::DesiredApplication by_id = bare("sf");
    by_id.gallery = kSalesforceTemplate;
    CHECK_FALSE(planned(by_id, findings).has_changes());
  }
}

TEST_CASE("SW5002: a name that several gallery applications have") {
  model::Findings findings = nothing_found();
  findings.gallery.push_back({"0f", "Salesforce", "Contoso", true, {}});
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == creating);
  CHECK(refusal_of(plan).code == Code::SW5002);
  CHECK(refusal_of(plan).candidates ==
        std::vector<std::string>{"0f  by Contoso",
                                 std::string(kSalesforceTemplate) + "  by Salesforce.com"});

  SUBCASE("does not matter where the id is given, or once the application is there") {
    model::DesiredApplication by_id = bare("sf");
    by_id.gallery = kSalesforceTemplate;
    CHECK(outline(planned(by_id, findings)) == "planned application.instantiate sf\n");
    findings.owned = {settled(bare("sf"))};
    CHECK_FALSE(planned(bare("sf"), findings).has_changes());
  }
}

TEST_CASE("SW5003: a neighbour of another project or environment") {
  for (const char* adopt : {"refuse", "never"}) {
    model::DesiredApplication application = bare("sf");
    application.adopt.mode =
        std::string(adopt) == "never" ? model::Adopt::Mode::never : model::Adopt::Mode::refuse;
    model::Findings findings = nothing_found();
    findings.neighbours = {neighbour("n1", {"syncwright:contoso/test", "syncwright-app:sf"})};
    const Plan plan = planned(application, findings);
    CHECK(outline(plan) == creating);
    CHECK(refusal_of(plan).code == Code::SW5003);
    CHECK(refusal_of(plan).candidates == std::vector<std::string>{"n1  Salesforce Contoso"});
  }
}

TEST_CASE("SW5003: a neighbour that this project may have had under earlier names") {
  model::Findings findings = nothing_found();
  findings.neighbours = {neighbour("n1", {"syncwright:other/prod", "syncwright-app:crm"})};
  CHECK(refusal_of(planned(bare("sf"), findings))
            .advice.ends_with("; if that is this project before it was called `contoso`, write "
                              "`metadata.previously: [other]` in syncwright.yaml, and `lifecycle: "
                              "{previously: [crm]}` here"));

  SUBCASE("is no reason to create a twin once the project's earlier name is said") {
    model::Desired desired = project({bare("sf")});
    desired.previously = {"other"};
    model::Live tenant;
    tenant.findings.emplace("sf", findings);
    const Plan plan = make_plan(desired, tenant, kNow, plan_context(desired));
    CHECK(outline(plan) == creating);
    CHECK(refusal_of(plan).code == Code::SW5021);

    desired.applications[0].adopt.mode = model::Adopt::Mode::never;
    CHECK(outline(make_plan(desired, tenant, kNow, plan_context(desired))) ==
          "planned application.instantiate sf\n");
  }
}

TEST_CASE("SW5003: the application itself has another owner's tag") {
  model::LiveApplication live = settled(bare("sf"));
  live.tags.emplace_back("syncwright:other/prod");
  model::Findings findings = found(live);
  SUBCASE("beside ours") {}
  SUBCASE("and was only claimed by us") {
    live.tags = {"syncwright:other/prod"};
    findings = nothing_found();
    findings.claimed = live;
  }
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == updating);
  CHECK(refusal_of(plan).code == Code::SW5003);
  CHECK(refusal_of(plan).message == "the live application belongs to `syncwright:other/prod`");
  CHECK(refusal_of(plan).advice.ends_with(
      "; if that is this project before it was called `contoso`, write `metadata.previously: "
      "[other]` in syncwright.yaml"));
}

TEST_CASE("SW5003: another environment of this project is no earlier name of it") {
  model::LiveApplication live = settled(bare("sf"));
  live.tags.emplace_back("syncwright:contoso/test");
  CHECK(refusal_of(planned(bare("sf"), found(live))).advice ==
        "let the other project give it up by removing the tag `syncwright:contoso/test`, or "
        "describe this application under another name");
}

TEST_CASE("SW5004: an unmanaged neighbour of the same name") {
  model::Findings findings = nothing_found();
  findings.neighbours = {neighbour("n2", {}), neighbour("n1", {"HideApp"})};
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == creating);
  CHECK(refusal_of(plan).code == Code::SW5004);
  CHECK(refusal_of(plan).candidates ==
        std::vector<std::string>{"n1  Salesforce Contoso", "n2  Salesforce Contoso"});
  CHECK(refusal_of(plan).message ==
        "the tenant has 2 applications of this template and display name that no project owns");
  CHECK(refusal_of(plan).advice ==
        "write `lifecycle: {adopt: ID}` (for a row of a set: under its `overrides`) to take one of "
        "them over, `{adopt: never}` to create one more, or choose another `displayName`");

  SUBCASE("alone can be taken over by name") {
    findings.neighbours.pop_back();
    CHECK(refusal_of(planned(bare("sf"), findings)).advice ==
          "write `lifecycle: {adopt: by-name}` or its id to take it over, `{adopt: never}` to "
          "create a second one, or choose another `displayName`");
  }
  SUBCASE("is no obstacle with adopt: never") {
    model::DesiredApplication application = bare("sf");
    application.adopt.mode = model::Adopt::Mode::never;
    CHECK(outline(planned(application, findings)) == "planned application.instantiate sf\n");
  }
  SUBCASE("another application of this project is no neighbour to fear") {
    findings.neighbours = {neighbour("n1", {"syncwright:contoso/prod", "syncwright-app:other"})};
    CHECK(outline(planned(bare("sf"), findings)) == "planned application.instantiate sf\n");
  }
}

TEST_CASE("SW5005: several applications that claim to be this one") {
  const std::string own = std::string(kServicePrincipal) + "  Salesforce Contoso";
  const std::string other = "other  Salesforce Contoso";
  std::vector<std::string> candidates;
  model::Findings findings = found(settled(bare("sf")));
  SUBCASE("by their tags") {
    findings.owned.push_back(neighbour("other", {}));
    candidates = {own, other};
  }
  SUBCASE("one by its tags, another by its unique name") {
    findings.claimed = neighbour("other", {});
    candidates = {own + ": by its tags", other + ": by its unique name"};
  }
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == updating);
  CHECK(refusal_of(plan).code == Code::SW5005);
  CHECK(refusal_of(plan).candidates == candidates);
  CHECK(plan.summary.update == 1);
}

TEST_CASE("SW5006: a gallery that is not the live application's") {
  model::LiveApplication live = settled(bare("sf"));
  live.application_template_id = "another";
  const Plan plan = planned(bare("sf"), found(live));
  CHECK(outline(plan) == updating);
  CHECK(refusal_of(plan).code == Code::SW5006);
  CHECK(plan.changes[0].origin.line == 6);
}

TEST_CASE("SW5007: a job that cannot be told") {
  model::LiveApplication live = settled(bare("sf"));
  model::LiveJob other = running_job();
  other.id = "salesforce.2";
  live.jobs = {running_job(), other};
  SUBCASE("because there are several") {
    const Plan plan = planned(with_job("salesforce"), found(live));
    CHECK(outline(plan) == "blocked job.create sf/jobs/salesforce\n");
    CHECK(refusal_of(plan).code == Code::SW5007);
    CHECK(refusal_of(plan).candidates ==
          std::vector<std::string>{"salesforce.0c5a9d5211f44a4e9d3c6f6a4a0a7d11", "salesforce.2"});
  }
  SUBCASE("because none has the id") {
    model::DesiredApplication application = with_job("default");
    application.jobs[0].job_id = "salesforce.3";
    CHECK(refusal_of(planned(application, found(live))).message ==
          "no live job has the id `salesforce.3`");
    CHECK(outline(planned(application, nothing_found())) ==
          "planned application.instantiate sf\nblocked job.create sf/jobs/default\n");
  }
  SUBCASE("because two entries mean the same") {
    live.jobs.pop_back();
    live.template_ids = {"salesforce", "other"};
    model::DesiredApplication application = with_job("default");
    application.jobs.push_back(with_job("salesforce").jobs[0]);
    const Plan plan = planned(application, found(live));
    CHECK(outline(plan) ==
          "blocked job.create sf/jobs/default\nblocked job.create sf/jobs/salesforce\n");
    CHECK(plan.changes[0].refusal->message ==
          "the jobs default and salesforce all mean one live job");
    live.template_ids = {"other", "salesforce"};  // `default` is another one, and not there yet
    CHECK(outline(planned(application, found(live))) == "planned job.create sf/jobs/default\n");
  }
}

TEST_CASE("SW5009, SW5017: a customization that the schema has no place for") {
  model::DesiredApplication application = salesforce();
  const model::Findings findings = found(settled(application));
  application.jobs[0].schema->mappings[0].object = "Gruppe";
  application.jobs[0].schema->mappings[0].where = {"manifests/salesforce.yaml", 27, 5, 0};
  SUBCASE("no such object mapping") {
    const Plan plan = planned(application, findings);
    CHECK(outline(plan) == "blocked schema.put salesforce-contoso/jobs/default/schema\n");
    CHECK(refusal_of(plan).code == Code::SW5009);
    CHECK(plan.changes[0].origin.line == 27);
  }
  SUBCASE("all problems at once") {
    application.jobs[0].schema->attributes[0].directory = "nowhere.com";
    const std::string message = refusal_of(planned(application, findings)).message;
    CHECK(message.find("Gruppe") != std::string::npos);
    CHECK(message.find("nowhere.com") != std::string::npos);
  }
}

TEST_CASE("SW5010: a live schema that maps the attribute twice") {
  model::LiveApplication live = settled(salesforce());
  const std::string twin =
      R"({"targetAttributeName": "officeCode", "source": {"expression": "[city]", "name": "city", "type": "Attribute"}},)";
  const std::string list = "\"attributeMappings\": [";
  live.jobs[0].schema = decoded(replaced(live.jobs[0].schema->text(), list, list + twin));
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "blocked schema.put salesforce-contoso/jobs/default/schema\n");
  CHECK(refusal_of(plan).code == Code::SW5010);
}

TEST_CASE("SW5011: an exact customization that leaves no matching attribute") {
  model::DesiredApplication application = salesforce();
  const model::Findings findings = found(settled(application));
  application.jobs[0].schema->mode = schema::Customization::Mode::exact;
  const Plan plan = planned(application, findings);
  CHECK(outline(plan) == "blocked schema.put salesforce-contoso/jobs/default/schema\n");
  CHECK(refusal_of(plan).code == Code::SW5011);
}

TEST_CASE("SW5012: a live secret without a reference, when credentials have to be saved") {
  model::LiveApplication live = settled(salesforce());
  live.secrets.push_back({"Password", "*"});
  CHECK_FALSE(planned(salesforce(), found(live)).has_changes());
  live.tags.back() = "syncwright-credentials:2026-10";
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "blocked credentials.save salesforce-contoso/credentials\n");
  CHECK(refusal_of(plan).code == Code::SW5012);
  CHECK(refusal_of(plan).candidates == std::vector<std::string>{"Password"});

  model::Desired desired = project({salesforce()});
  desired.guards.secrets_put = model::SecretsPut::merge;
  model::Live tenant;
  tenant.findings.emplace("salesforce-contoso", found(live));
  CHECK_FALSE(make_plan(desired, tenant, kNow).has_refusals());
}

TEST_CASE("SW5014, SW5015: a job that stopped in quarantine is not started by a plan") {
  model::LiveApplication live = settled(salesforce());
  live.jobs[0].schedule_state = "Disabled";
  live.jobs[0].quarantine = model::LiveQuarantine{};
  live.jobs[0].quarantine->reason = "TooManyDeletes";
  const Plan held = planned(salesforce(), found(live));
  CHECK(outline(held) == "held job.start salesforce-contoso/jobs/default/start\n");
  CHECK(refusal_of(held).code == Code::SW5014);
  CHECK_FALSE(held.has_refusals());
  CHECK(
      refusal_of(held).advice ==
      "see `syncwright logs --app salesforce-contoso`; then `syncwright job restart --app "
      "salesforce-contoso --accept-deletes N` lets them be deleted, `syncwright job restart --app "
      "salesforce-contoso --reject-deletes` goes on without, once they are back in scope");

  live.jobs[0].quarantine->reason = "EncounteredQuarantineException";
  const Plan blocked = planned(salesforce(), found(live));
  CHECK(blocked.has_refusals());
  CHECK(outline(blocked) == "blocked job.start salesforce-contoso/jobs/default/start\n");
  CHECK(refusal_of(blocked).code == Code::SW5015);
  CHECK(refusal_of(blocked).advice ==
        "mend the cause, then `syncwright job restart --app salesforce-contoso`");
}

TEST_CASE("SW5016: a gallery application that has no provisioning") {
  model::Findings findings = nothing_found();
  findings.gallery[0].supports_provisioning = false;
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == creating);
  CHECK(refusal_of(plan).code == Code::SW5016);
}

TEST_CASE("SW5019: an application whose live state could not be read") {
  model::Findings findings = nothing_found();
  Error error;
  error.kind = ErrorKind::unavailable;
  error.message = "the service is busy";
  error.status = 503;
  findings.unreadable = error;
  const Plan plan = planned(bare("sf"), findings);
  CHECK(outline(plan) == updating);
  CHECK(refusal_of(plan).code == Code::SW5019);
  CHECK(refusal_of(plan).message == "the live state could not be read: the service is busy (503)");
  CHECK_FALSE(plan.complete);
  REQUIRE(plan.unreadable);
  CHECK(plan.unreadable->kind == ErrorKind::unavailable);
  CHECK_FALSE(planned(bare("sf"), nothing_found()).unreadable);

  SUBCASE("a job without the schema that the manifest customizes counts the same") {
    model::LiveApplication live = settled(salesforce());
    live.jobs[0].schema.reset();
    CHECK(refusal_of(planned(salesforce(), found(live))).code == Code::SW5019);
  }
}
