#include <doctest/doctest.h>

#include "syncwright/core/file.h"
#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

/// A project whose last manifest was taken away: its application is left over.
struct Abandoned : World {
  Abandoned() : desired(samples::of(samples::crm())) {
    REQUIRE(plan_and_apply(desired).value().all_done());
    principal = service_principal_of("Salesforce Contoso");
    desired.applications.clear();
    faults.forget();
    clock.advance(Milliseconds{86'400'000});
  }

  void patch(const Json& body) {
    graph(http::HttpMethod::patch, "/servicePrincipals/" + principal, body);
  }
  void add_tag(const std::string& tag) {
    Json tags = tags_of(principal);
    tags.push_back(tag);
    patch({{"tags", tags}});
  }

  model::Desired desired;
  std::string principal;
};

std::string file(const plan::ApplyReport& report, const std::string& name) {
  return read_file(std::filesystem::path(report.backup) / name).value_or("");
}

/// A creation that never got its name, as a run that lost the race leaves it.
std::string make_begun(World& world, const std::string& name) {
  return world.make_by_hand("Salesforce", "syncwright:contoso/-/" + name)["application"]["id"]
      .get<std::string>();
}

}  // namespace

TEST_CASE("an orphan is deleted with --prune, and what it held was kept before") {
  Abandoned world;
  CHECK_FALSE(world.plan(world.desired).has_changes());
  const plan::Plan plan = world.plan(world.desired, true);
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/delete"});
  CHECK(report->outcomes[0].detail.find("it can be restored for 30 days") != std::string::npos);
  CHECK(world.faults.writes().size() == 1);
  CHECK(world.applications().empty());
  const plan::Plan again = world.plan(world.desired, true);
  CHECK_FALSE(again.has_changes());
  CHECK(again.orphans.empty());

  const std::string folder = "crm-" + world.principal;
  CHECK(file(*report, folder + "/secrets.json").find("sync@contoso.com") != std::string::npos);
  CHECK(file(*report, folder + "/secrets.json").find("crm-secret") == std::string::npos);
  int schemas = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(report->backup) / folder)) {
    if (entry.is_directory()) ++schemas;
  }
  CHECK(schemas == 1);
}

TEST_CASE("what is not kept is not deleted") {
  Abandoned world;
  const plan::Plan plan = world.plan(world.desired, true);
  for (const char* part : {"/schema", "/synchronization/jobs", "/secrets", "/appRoleAssignedTo"}) {
    CAPTURE(std::string(part));
    world.faults.set([part](const http::HttpRequest& request, int) {
      return request.url.find(part) != std::string::npos ? Fault::server_error : Fault::none;
    });
    const auto report = world.apply(plan, world.desired);
    REQUIRE(report.has_value());
    REQUIRE(report->outcomes.at(0).state == plan::OutcomeState::failed);
    CHECK(report->outcomes.at(0).error->message.find("nothing is deleted before") == 0);
    CHECK(world.faults.writes().empty());
  }
}

TEST_CASE("an orphan that changed since the plan stays") {
  Abandoned world;
  const plan::Plan plan = world.plan(world.desired, true);
  SUBCASE("renamed") {
    world.patch({{"displayName", "Somebody's"}});
  }
  SUBCASE("protected") {
    world.add_tag("syncwright-protected");
  }
  SUBCASE("given to another project") {
    world.add_tag("syncwright:fabrikam/-");
  }
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("whatever a plan says, nothing goes that is protected or not this project's") {
  Abandoned world;
  plan::Plan plan = world.plan(world.desired, true);
  REQUIRE(plan.changes.size() == 1);
  plan.changes[0].basis.reset();
  std::string said;
  SUBCASE("protected") {
    world.add_tag("syncwright-protected");
    said = "application Salesforce Contoso is protected";
  }
  SUBCASE("of another project as well") {
    world.add_tag("syncwright:fabrikam/-");
    said = "service principal " + world.principal + " is owned by syncwright:fabrikam/-";
  }
  SUBCASE("nobody's") {
    plan.changes[0].target()->id =
        world.make_by_hand("Box", "Box")["servicePrincipal"]["id"].get<std::string>();
    said = "application Box does not belong to this project";
  }
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  REQUIRE(report->outcomes.at(0).error.has_value());
  CHECK(report->outcomes.at(0).error->kind == ErrorKind::guard);
  CHECK(report->outcomes.at(0).error->message == said);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("an orphan that is gone already is done") {
  Abandoned world;
  const plan::Plan plan = world.plan(world.desired, true);
  world.graph(http::HttpMethod::del,
              "/applications/" + world.applications().at(0)["id"].get<std::string>());
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::done);
  CHECK(report->outcomes.at(0).detail == "it was gone already");
}

TEST_CASE("a creation that lost the race goes, and the application of its name stays") {
  World world;
  const model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).value().all_done());
  make_begun(world, "crm");
  model::Desired changed = desired;
  changed.applications[0].jobs[0].state = model::JobState::paused;
  const plan::Plan plan = world.plan(changed, true);
  REQUIRE(plan.find("crm/delete") != nullptr);
  CHECK(World::lines(world.apply(plan, changed).value()) ==
        Lines{"done crm/jobs/default/pause", "done crm/delete"});
  REQUIRE(world.applications().size() == 1);
  CHECK(world.applications()[0]["displayName"] == "Salesforce Contoso");
  CHECK_FALSE(world.plan(changed, true).has_changes());
}

TEST_CASE("several orphans of one name are deleted one after another, each kept by itself") {
  Abandoned world;
  make_begun(world, "crm");
  make_begun(world, "crm");
  const plan::Plan plan = world.plan(world.desired, true);
  REQUIRE(plan.changes.size() == 3);
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(world.applications().empty());
  CHECK_FALSE(file(*report, "crm-" + world.principal + "/secrets.json").empty());
}

TEST_CASE("a lost answer to a deletion is looked up") {
  Abandoned world;
  const plan::Plan plan = world.plan(world.desired, true);
  const auto disturb = [&](Fault fault) {
    world.faults.set([fault](const http::HttpRequest& request, int) {
      return request.method == http::HttpMethod::del ? fault : Fault::none;
    });
  };
  disturb(Fault::not_sent);
  CHECK(world.apply(plan, world.desired).value().outcomes.at(0).state ==
        plan::OutcomeState::unknown);
  disturb(Fault::forbidden);
  CHECK(world.apply(plan, world.desired).value().outcomes.at(0).state ==
        plan::OutcomeState::failed);
  disturb(Fault::lost_answer);
  CHECK(world.apply(plan, world.desired).value().outcomes.at(0).state == plan::OutcomeState::done);
  CHECK(world.applications().empty());
}

TEST_CASE("a job that is absent is deleted with --prune, and its schema was kept") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).value().all_done());
  desired.applications[0].jobs[0].absent = true;
  CHECK_FALSE(world.plan(desired).has_changes());
  const plan::Plan plan = world.plan(desired, true);
  const auto report = world.apply(plan, desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report) == Lines{"done crm/jobs/default/delete"});
  CHECK(file(*report, "crm/default/schema.json").find("officeCode") != std::string::npos);
  const std::string principal = world.service_principal_of("Salesforce Contoso");
  CHECK(world
            .graph(http::HttpMethod::get,
                   "/servicePrincipals/" + principal + "/synchronization/jobs")["value"]
            .empty());
  CHECK_FALSE(world.plan(desired, true).has_changes());
  CHECK(world.apply(plan, desired).value().outcomes.at(0).detail == "it was gone already");
}

TEST_CASE("a job that its manifest wants is not deleted, whatever the plan says") {
  World world;
  model::Desired desired = samples::of(samples::crm());
  REQUIRE(world.plan_and_apply(desired).value().all_done());
  desired.applications[0].jobs[0].absent = true;
  const plan::Plan plan = world.plan(desired, true);
  desired.applications[0].jobs[0].absent = false;
  const auto report = world.apply(plan, desired);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().message ==
        "the plan has crm/jobs/default/delete, which its manifests do not describe");
}

}  // namespace syncwright::apply
