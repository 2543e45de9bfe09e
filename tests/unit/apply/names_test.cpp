#include <doctest/doctest.h>

#include "world.h"

namespace syncwright::apply {

namespace {

/// An application whose two names are the manifest's.
struct Named : World {
  Named() : desired(samples::of(samples::crm())) {
    REQUIRE(plan_and_apply(desired).value().all_done());
    clock.advance(Milliseconds{86'400'000});
    application = "/applications/" + applications().at(0)["id"].get<std::string>();
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    faults.forget();
  }

  std::string name_of(const std::string& path) {
    return graph(http::HttpMethod::get, path)["displayName"].get<std::string>();
  }
  void rename(const std::string& path, const std::string& name) {
    graph(http::HttpMethod::patch, path, {{"displayName", name}});
  }

  model::Desired desired;
  std::string application;
  std::string principal;
};

}  // namespace

TEST_CASE("whichever of the two names somebody changed is written back, and only that one") {
  Named world;
  std::string renamed;
  SUBCASE("the application's, as Terraform does") {
    renamed = world.application;
  }
  SUBCASE("the service principal's") {
    renamed = world.principal;
  }
  world.rename(renamed, "Somebody's");
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(World::lines(report) == std::vector<std::string>{"done crm/update"});
  CHECK(world.name_of(world.application) == "Salesforce Contoso");
  CHECK(world.name_of(world.principal) == "Salesforce Contoso");
  CHECK(world.faults.writes() == std::vector<std::string>{"PATCH " + renamed});
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("a name that somebody changes while the other one is written is not overrun") {
  Named world;
  world.desired.applications[0].display_name = "Salesforce Fabrikam";
  const plan::Plan plan = world.plan(world.desired);
  std::string renamed;
  std::string before;
  SUBCASE("the application's, before it is written") {
    renamed = world.application;
    before = "GET " + world.principal;
  }
  SUBCASE("the service principal's, while the application's is written") {
    renamed = world.principal;
    before = "PATCH " + world.application;
  }
  world.faults.before([&, done = false](const http::HttpRequest& request) mutable {
    const std::string line = std::string(to_string(request.method)) + " " +
                             request.url.substr(request.url.find("/v1.0/") + 5);
    if (done || !line.starts_with(before)) return;
    done = true;
    world.rename(renamed, "Somebody's");
  });
  const plan::ApplyReport report = world.apply(plan, world.desired).value();
  CHECK(report.outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(world.name_of(renamed) == "Somebody's");
}

}  // namespace syncwright::apply
