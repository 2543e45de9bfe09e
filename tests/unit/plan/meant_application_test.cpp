#include "syncwright/plan/meant_application.h"

#include <doctest/doctest.h>

#include "world.h"

using namespace syncwright;
using namespace syncwright::plan;
using namespace syncwright::plan::test;

namespace {

const PlanContext& project_context() {
  static const PlanContext context = plan_context(project({salesforce()}));
  return context;
}

model::LiveApplication live_of(const std::string& service_principal_id,
                               std::vector<std::string> tags) {
  model::LiveApplication live = settled(salesforce());
  live.reference.service_principal_id = service_principal_id;
  live.reference.app_id = "app of " + service_principal_id;
  live.tags = std::move(tags);
  return live;
}

model::DesiredApplication adopting_by(model::Adopt::Mode mode, const std::string& id = "") {
  model::DesiredApplication application = salesforce();
  application.adopt = {mode, id, {}};
  return application;
}

MeantApplication meant(const model::DesiredApplication& desired, const model::Findings& findings) {
  return meant_application(desired, findings, project_context());
}

std::string id_of(const MeantApplication& meant) {
  return meant.live == nullptr ? "none" : meant.live->reference.service_principal_id;
}

std::string code_of(const MeantApplication& meant) {
  return std::string(meant.refusal ? to_string(meant.refusal->code) : "");
}

}  // namespace

TEST_CASE("the tags say it, else the unique name, also where the tags are gone") {
  const model::Findings tagged = found(settled(salesforce()));
  const MeantApplication owned = meant(salesforce(), tagged);
  CHECK(id_of(owned) == kServicePrincipal);
  CHECK(owned.ownership == Ownership::owned);
  CHECK(owned.claims);
  CHECK_FALSE(owned.refusal);

  model::Findings untagged = nothing_found();
  untagged.claimed = live_of("sp-2", {"HideApp"});
  const MeantApplication claimed = meant(salesforce(), untagged);
  CHECK(id_of(claimed) == "sp-2");
  CHECK(claimed.ownership == Ownership::claimed);
  CHECK(claimed.claims);
  CHECK_FALSE(claimed.refusal);
}

TEST_CASE("adopt and previously name one that is not ours yet") {
  model::Findings named = nothing_found();
  named.adoptable = live_of("sp-3", {});
  for (const model::DesiredApplication& desired :
       {adopting_by(model::Adopt::Mode::service_principal, "sp-3"),
        adopting_by(model::Adopt::Mode::app_id, "APP OF SP-3")}) {
    const MeantApplication adopted = meant(desired, named);
    CHECK(id_of(adopted) == "sp-3");
    CHECK(adopted.ownership == Ownership::adopted);
    CHECK_FALSE(adopted.claims);
    CHECK(adopted.reason == "the manifest names this application");
    CHECK_FALSE(adopted.refusal);
  }
  model::Findings alike = nothing_found();
  alike.neighbours = {live_of("sp-4", {})};
  CHECK(id_of(meant(adopting_by(model::Adopt::Mode::by_name), alike)) == "sp-4");

  model::DesiredApplication renamed = salesforce();
  renamed.previously = {"sales"};
  model::Findings earlier = nothing_found();
  earlier.adoptable = live_of("sp-5", {"syncwright:contoso/prod", "syncwright-app:sales"});
  const MeantApplication adopted = meant(renamed, earlier);
  CHECK(id_of(adopted) == "sp-5");
  CHECK(adopted.reason == "`sales` is called `salesforce-contoso` now");
}

TEST_CASE("what is not to be guessed is refused, with the application or without") {
  const MeantApplication missing = meant(salesforce(), nothing_found());
  CHECK(id_of(missing) == "none");
  CHECK_FALSE(missing.refusal);
  CHECK_FALSE(missing.claims);

  model::Findings several = found(settled(salesforce()));
  several.owned.push_back(live_of("sp-2", several.owned.front().tags));
  const MeantApplication two = meant(salesforce(), several);
  CHECK(id_of(two) == "none");
  CHECK(two.claims);
  CHECK(code_of(two) == "SW5005");

  model::Findings alike = nothing_found();
  alike.neighbours = {live_of("sp-4", {})};
  CHECK(code_of(meant(salesforce(), alike)) == "SW5004");

  model::Findings elsewhere = nothing_found();
  elsewhere.adoptable = live_of("sp-3", {"syncwright:other/prod"});
  const MeantApplication foreign =
      meant(adopting_by(model::Adopt::Mode::service_principal, "sp-3"), elsewhere);
  CHECK(id_of(foreign) == "sp-3");
  CHECK(code_of(foreign) == "SW5003");

  CHECK(code_of(meant(adopting_by(model::Adopt::Mode::app_id, "app-9"), nothing_found())) ==
        "SW5020");
}

TEST_CASE("one live application is taken over by one manifest; what cannot be read is left out") {
  model::DesiredApplication one = adopting_by(model::Adopt::Mode::service_principal, "sp-3");
  one.name = "one";
  model::DesiredApplication two = one;
  two.name = "two";
  model::DesiredApplication dark = one;
  dark.name = "dark";
  const model::Desired desired = project({dark, one, two});
  model::Live live;
  for (const char* name : {"one", "two"}) {
    live.findings[name] = nothing_found();
    live.findings[name].adoptable = live_of("sp-3", {});
  }
  live.findings["dark"].unreadable = Error{};
  const auto meant = meant_applications(desired, live, plan_context(desired));
  CHECK(meant.size() == 2);
  for (const auto& [name, decision] : meant) {
    CHECK(id_of(decision) == "sp-3");
    CHECK(code_of(decision) == "SW5021");
  }
  CHECK(meant.at("one").live == &*live.findings.at("one").adoptable);
}

TEST_CASE("commands work on what is there and may be touched, and are told why on nothing else") {
  model::DesiredApplication foreign = adopting_by(model::Adopt::Mode::service_principal, "sp-3");
  foreign.name = "foreign";
  model::DesiredApplication dark = salesforce();
  dark.name = "dark";
  const model::Desired desired = project({bare("absent"), dark, foreign, salesforce()});
  model::Live live;
  live.findings["absent"] = nothing_found();
  live.findings["dark"].unreadable = Error{};
  live.findings["foreign"] = nothing_found();
  live.findings["foreign"].adoptable = live_of("sp-3", {"syncwright:other/prod"});
  live.findings[salesforce().name] = found(settled(salesforce()));
  const LiveApplications applications(desired, live, plan_context(desired));

  const auto ours = applications.require(salesforce().name);
  REQUIRE(ours);
  CHECK((*ours)->reference.service_principal_id == kServicePrincipal);
  CHECK(*ours == applications.find(salesforce().name));

  CHECK(applications.find("absent") == nullptr);
  const auto absent = applications.require("absent");
  REQUIRE_FALSE(absent);
  CHECK(absent.error().message == "`absent` does not exist in the tenant yet");
  const auto refused = applications.require("foreign");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::guard);
  CHECK_FALSE(applications.require("dark"));
  const auto misspelled = applications.require("absnt");
  REQUIRE_FALSE(misspelled);
  CHECK(misspelled.error().advice == "did you mean `absent`?");
}
