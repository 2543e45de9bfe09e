#include <doctest/doctest.h>

#include "syncwright/plan/basis.h"
#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

const std::string adopting = "planned application.adopt salesforce-contoso/adopt\n";
const std::string refusing = "blocked application.adopt salesforce-contoso/adopt\n";
const std::string not_creating = "blocked application.instantiate salesforce-contoso\n";

model::DesiredApplication by_mode(model::Adopt::Mode mode, const std::string& id = "") {
  model::DesiredApplication application = salesforce();
  application.adopt = {mode, id, SourceRange{"manifests/salesforce.yaml", 9, 5, 0}};
  return application;
}

/// A settled application that nobody owns.
model::LiveApplication handmade() {
  model::LiveApplication live = settled(salesforce());
  live.tags = {"HideApp", "syncwright-credentials:2026-11"};
  live.reference.app_id = "app-1";
  live.reference.application_id = "obj-1";
  return live;
}

model::Findings adoptable(model::LiveApplication live) {
  model::Findings findings = nothing_found();
  findings.adoptable = std::move(live);
  return findings;
}

model::Findings neighbours(std::vector<model::LiveApplication> live) {
  model::Findings findings = nothing_found();
  findings.neighbours = std::move(live);
  return findings;
}

}  // namespace

TEST_CASE("an application named by its id is taken over, and the rest planned at once") {
  model::LiveApplication live = handmade();
  live.reference.display_name = "Sales";
  live.jobs[0].schedule_state = "Disabled";
  for (const model::Adopt::Mode mode :
       {model::Adopt::Mode::service_principal, model::Adopt::Mode::app_id}) {
    const bool by_app_id = mode == model::Adopt::Mode::app_id;
    const Plan plan =
        planned(by_mode(mode, by_app_id ? "APP-1" : kServicePrincipal), adoptable(live));
    CHECK(outline(plan) == adopting + "planned job.start salesforce-contoso/jobs/default/start\n");
    const Change& adopt = plan.changes[0];
    CHECK(adopt.target()->id == kServicePrincipal);
    CHECK(adopt.origin.line == 9);
    CHECK(adopt.basis ==
          basis_of(identity_fields(salesforce(), {"contoso", "prod"}, live.reference, {})));
    const std::vector<schema::FieldChange> fields{
        {"displayName", "Sales", "Salesforce Contoso"},
        {"tags", Json::array(), {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}},
        {"uniqueName", nullptr, "syncwright/contoso/prod/salesforce-contoso"}};
    CHECK(adopt.fields == fields);
    CHECK(plan.summary.update == 1);
    CHECK(plan.summary.create == 0);
  }
}

TEST_CASE("a unique name of somebody else's stays, and what is not in this tenant gets none") {
  const auto adoption = [](const std::string& application_id, const std::string& unique_name) {
    model::LiveApplication live = handmade();
    live.reference.application_id = application_id;
    live.reference.unique_name = unique_name;
    return planned(by_mode(model::Adopt::Mode::by_name), neighbours({live})).changes[0];
  };
  const Change kept = adoption("obj-1", "bicep-box");
  CHECK(kept.fields.size() == 1);
  CHECK(kept.reason.text().ends_with("; it keeps its unique name bicep-box"));
  CHECK(adoption("", "").fields.size() == 1);
  CHECK(adoption("obj-1", "").fields.back().path == "uniqueName");
}

TEST_CASE("SW5020: an id that leads nowhere") {
  const Plan plan = planned(by_mode(model::Adopt::Mode::app_id, "a-9"), nothing_found());
  CHECK(outline(plan) == not_creating);
  CHECK(refusal_of(plan).code == Code::SW5020);
  CHECK(refusal_of(plan).message == "the tenant has no service principal with the appId a-9");
  CHECK(plan.changes[0].origin.line == 9);
  CHECK(refusal_of(plan).advice ==
        "`adopt` takes the object id of a service principal (enterprise application) or `{appId: "
        "...}`; leave it out to have the application created");

  const Plan beside = planned(by_mode(model::Adopt::Mode::app_id, "a-9"), neighbours({handmade()}));
  CHECK(refusal_of(beside).advice ==
        "`adopt` takes the object id of a service principal (enterprise application) or `{appId: "
        "...}`; `{adopt: never}` creates one beside those of this template and display name");
  CHECK(refusal_of(beside).candidates ==
        std::vector<std::string>{std::string(kServicePrincipal) + "  Salesforce Contoso"});
}

TEST_CASE("what is not ours to take over, or another application altogether, is refused") {
  model::LiveApplication live = handmade();
  Code code = Code::none;
  SUBCASE("of another project") {
    live.tags.emplace_back("syncwright:other/prod");
    code = Code::SW5003;
  }
  SUBCASE("of another template") {
    live.application_template_id = "another";
    code = Code::SW5006;
  }
  SUBCASE("of no template") {
    live.application_template_id.clear();
    code = Code::SW5006;
  }
  SUBCASE("another one of this project") {
    live.tags = {"syncwright:contoso/prod", "syncwright-app:other"};
    code = Code::SW5021;
  }
  const Plan plan =
      planned(by_mode(model::Adopt::Mode::service_principal, kServicePrincipal), adoptable(live));
  CHECK(outline(plan) == refusing);
  CHECK(refusal_of(plan).code == code);
  CHECK(plan.changes[0].target()->id == kServicePrincipal);
}

TEST_CASE("SW5005: adopt names one application while another is this one already") {
  model::LiveApplication live = settled(salesforce());
  live.reference.app_id = "app-1";
  const Plan plan = planned(by_mode(model::Adopt::Mode::service_principal, "sp-2"), found(live));
  CHECK(outline(plan) == "blocked application.update salesforce-contoso/update\n");
  CHECK(refusal_of(plan).code == Code::SW5005);
  CHECK(refusal_of(plan).candidates.back() == "sp-2");
  CHECK(refusal_of(planned(by_mode(model::Adopt::Mode::app_id, "app-2"), found(live))).code ==
        Code::SW5005);

  const model::DesiredApplication same =
      by_mode(model::Adopt::Mode::service_principal, kServicePrincipal);
  CHECK_FALSE(planned(same, found(live)).has_changes());
  CHECK_FALSE(planned(by_mode(model::Adopt::Mode::app_id, "APP-1"), found(live)).has_changes());
}

TEST_CASE("by name: the only one, else none, else the candidates") {
  const model::DesiredApplication desired = by_mode(model::Adopt::Mode::by_name);
  CHECK(outline(planned(desired, neighbours({handmade()}))) == adopting);
  CHECK(planned(desired, nothing_found()).summary.create == 1);

  model::LiveApplication second = handmade();
  second.reference.service_principal_id = "sp-2";
  const Plan several = planned(desired, neighbours({handmade(), second}));
  CHECK(outline(several) == not_creating);
  CHECK(refusal_of(several).code == Code::SW5004);
  CHECK(refusal_of(several).candidates ==
        std::vector<std::string>{std::string(kServicePrincipal) + "  Salesforce Contoso",
                                 "sp-2  Salesforce Contoso"});

  SUBCASE("one beside another one of this project is named alone") {
    second.tags = {"syncwright:contoso/prod", "syncwright-app:other"};
    const Plan plan = planned(desired, neighbours({handmade(), second}));
    CHECK(refusal_of(plan).code == Code::SW5004);
    CHECK(refusal_of(plan).message ==
          "one application of this template and display name could be taken over, and another one "
          "is this project's own");
    CHECK(refusal_of(plan).candidates ==
          std::vector<std::string>{std::string(kServicePrincipal) + "  Salesforce Contoso"});
    CHECK(
        refusal_of(planned(bare("salesforce-contoso"), neighbours({handmade(), second}))).advice ==
        "write `lifecycle: {adopt: ID}` (for a row of a set: under its `overrides`) to take it "
        "over, `{adopt: never}` to create one more, or choose another `displayName`");
  }
  SUBCASE("one beside another project's is not read whole, and not taken over") {
    second.tags = {"syncwright:other/prod"};
    model::Findings findings = neighbours({handmade(), second});
    CHECK(refusal_of(planned(desired, findings)).code == Code::SW5003);
    findings.adoptable = handmade();
    CHECK(outline(planned(desired, findings)) == adopting);
  }
}

TEST_CASE("SW5021: one live application is taken over by one manifest") {
  const auto takers = [](model::Adopt::Mode mode) {
    model::DesiredApplication first = bare("first");
    first.adopt = {mode, mode == model::Adopt::Mode::by_name ? "" : kServicePrincipal, {}};
    model::DesiredApplication second = first;
    second.name = "second";
    return project({first, second, bare("third")});
  };
  model::Live tenant;
  model::Desired desired = takers(model::Adopt::Mode::by_name);
  SUBCASE("by name") {
    tenant.findings["first"] = tenant.findings["second"] = neighbours({handmade()});
  }
  SUBCASE("by id") {
    desired = takers(model::Adopt::Mode::service_principal);
    tenant.findings["first"] = tenant.findings["second"] = adoptable(handmade());
  }
  tenant.findings["third"] = nothing_found();
  const Plan plan = make_plan(desired, tenant, kNow);
  CHECK(outline(plan) ==
        "blocked application.adopt first/adopt\n"
        "blocked application.adopt second/adopt\n"
        "planned application.instantiate third\n");
  CHECK(plan.changes[0].refusal->code == Code::SW5021);
  CHECK(plan.changes[0].refusal->message == "second takes over the same application");
  CHECK(plan.changes[1].refusal->message == "first takes over the same application");
  CHECK(plan.changes[0].refusal->candidates == std::vector<std::string>{kServicePrincipal});
}

TEST_CASE("SW5021: by name, what this project has under another name gets no twin") {
  model::LiveApplication other = handmade();
  other.tags = {"syncwright:contoso/prod", "syncwright-app:other"};
  const Plan plan = planned(by_mode(model::Adopt::Mode::by_name), neighbours({other}));
  CHECK(outline(plan) == not_creating);
  CHECK(refusal_of(plan).code == Code::SW5021);
  CHECK(refusal_of(plan).advice.find("previously: [other]") != std::string::npos);
  CHECK(planned(by_mode(model::Adopt::Mode::never), neighbours({other})).summary.create == 1);
}

TEST_CASE("a renamed project takes over what its earlier name owned, and nothing else") {
  model::LiveApplication live = settled(salesforce());
  live.tags = {"syncwright:default/prod", "syncwright-app:salesforce-contoso",
               "syncwright-credentials:2026-11"};
  model::Desired desired = project({salesforce()});
  desired.previously = {"default"};
  const auto plan_of = [&](const model::Findings& findings) {
    model::Live tenant;
    tenant.findings.emplace("salesforce-contoso", findings);
    return make_plan(desired, tenant, kNow);
  };
  model::Findings by_key = nothing_found();
  by_key.claimed = live;
  for (const model::Findings& findings : {adoptable(live), by_key}) {
    const Plan plan = plan_of(findings);
    CHECK(outline(plan) == adopting);
    CHECK(plan.changes[0].target()->id == kServicePrincipal);
    CHECK(plan.changes[0].reason == "the project `default` is called `contoso` now");
    CHECK(plan.changes[0].fields ==
          std::vector<schema::FieldChange>{schema::FieldChange{
              "tags",
              {"syncwright:default/prod", "syncwright-app:salesforce-contoso"},
              {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}}});
  }

  SUBCASE("together with a rename of its own") {
    live.tags[1] = "syncwright-app:old";
    desired.applications[0].previously = {"old"};
    CHECK(plan_of(adoptable(live)).changes[0].reason ==
          "the project `default` is called `contoso` now, `old` is called `salesforce-contoso` "
          "now");
  }
  SUBCASE("not what the earlier name has under another one") {
    live.tags[1] = "syncwright-app:other";
    desired.applications[0].adopt = {model::Adopt::Mode::service_principal, kServicePrincipal, {}};
    CHECK(refusal_of(plan_of(adoptable(live))).code == Code::SW5021);
  }
  SUBCASE("not what it has in another environment") {
    live.tags[0] = "syncwright:default/test";
    desired.applications[0].adopt = {model::Adopt::Mode::service_principal, kServicePrincipal, {}};
    CHECK(refusal_of(plan_of(adoptable(live))).code == Code::SW5003);
  }
  SUBCASE("what carries both names loses the earlier one") {
    live.tags.emplace_back("syncwright:contoso/prod");
    const Plan plan = plan_of(found(live));
    CHECK(outline(plan) == "planned application.update salesforce-contoso/update\n");
    CHECK(plan.changes[0].fields.at(0).path == "tags");
  }
}

TEST_CASE("a rename takes over what carries the earlier name, without another unique name") {
  model::LiveApplication live = settled(salesforce());
  live.tags = {"syncwright:contoso/prod", "syncwright-app:old", "syncwright-credentials:2026-11"};
  model::DesiredApplication desired = salesforce();
  desired.previously = {"older", "old"};
  const Plan plan = planned(desired, adoptable(live));
  CHECK(outline(plan) == adopting);
  CHECK(plan.changes[0].reason == "`old` is called `salesforce-contoso` now");
  CHECK(plan.changes[0].fields ==
        std::vector<schema::FieldChange>{
            schema::FieldChange{"tags",
                                {"syncwright:contoso/prod", "syncwright-app:old"},
                                {"syncwright:contoso/prod", "syncwright-app:salesforce-contoso"}}});

  SUBCASE("SW5022: unless the earlier name has a manifest of its own") {
    model::DesiredApplication old = bare("old");
    model::Live tenant;
    tenant.findings.emplace("old", found(settled(old)));
    tenant.findings.emplace(desired.name, adoptable(live));
    const Plan both = make_plan(project({old, desired}), tenant, kNow);
    CHECK(outline(both) == not_creating);
    CHECK(refusal_of(both).code == Code::SW5022);
  }
  SUBCASE("its service principal is no orphan any more") {
    model::Live tenant;
    tenant.findings.emplace(desired.name, adoptable(live));
    tenant.orphans = {{"old", live.reference, live.tags}};
    CHECK(make_plan(project({desired}), tenant, kNow).orphans.empty());
  }
}

TEST_CASE("SW5021: a live application with the tags of two applications") {
  model::LiveApplication live = settled(salesforce());
  live.tags.emplace_back("syncwright-app:twin");
  const Plan plan = planned(salesforce(), found(live));
  CHECK(outline(plan) == "blocked application.update salesforce-contoso/update\n");
  CHECK(refusal_of(plan).code == Code::SW5021);
}

TEST_CASE("SW5023: the identity that the program runs as is left alone, whatever differs") {
  const model::Desired desired =
      project({by_mode(model::Adopt::Mode::service_principal, kServicePrincipal)});
  PlanContext context = plan_context(desired);
  context.own_app_id = "app-1";
  model::Live tenant;
  tenant.findings[salesforce().name] = adoptable(handmade());
  const Plan adopt = make_plan(desired, tenant, kNow, context);
  CHECK(outline(adopt) == refusing);
  CHECK(refusal_of(adopt).code == Code::SW5023);

  model::LiveApplication owned = settled(salesforce());
  owned.reference.app_id = "app-1";
  tenant.findings[salesforce().name] = found(owned);
  CHECK_FALSE(make_plan(desired, tenant, kNow, context).has_changes());
  owned.jobs[0].schedule_state = "Disabled";
  tenant.findings[salesforce().name] = found(owned);
  CHECK(outline(make_plan(desired, tenant, kNow, context)) ==
        "blocked application.update salesforce-contoso/update\n");
}

TEST_CASE("protection comes and goes with its tag") {
  model::DesiredApplication desired = salesforce();
  desired.protect = true;
  model::LiveApplication live = settled(salesforce());
  const Plan on = planned(desired, found(live));
  CHECK(outline(on) == "planned application.update salesforce-contoso/update\n");
  CHECK(on.changes[0].reason == "the manifest protects it");
  live.tags.emplace_back("syncwright-protected");
  CHECK_FALSE(planned(desired, found(live)).has_changes());
  CHECK_FALSE(planned(salesforce(), found(live)).has_changes());  // not managed
  desired.protect = false;
  const Plan off = planned(desired, found(live));
  CHECK(off.changes[0].reason == "the manifest protects it no longer");
  CHECK(off.changes[0].fields[0].before.unpack().size() == 3);
  CHECK(off.changes[0].fields[0].after.unpack().size() == 2);
}
