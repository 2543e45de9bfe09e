#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "world.h"

namespace syncwright::apply {

namespace {

/// Applies and tells how long that took on the tenant's clock.
struct Timed : World {
  Timed() : desired(samples::of(samples::crm())) {}

  model::DesiredApplication& crm() { return desired.applications[0]; }
  plan::ApplyReport timed_apply(const plan::Plan& plan) {
    listener.lines.clear();
    const Instant begun = clock.now();
    plan::ApplyReport report = apply(plan, desired).value();
    took = clock.now() - begun;
    return report;
  }
  [[nodiscard]] bool waited_for(const std::string& what) const {
    return std::find(listener.lines.begin(), listener.lines.end(), "waiting " + what) !=
           listener.lines.end();
  }

  model::Desired desired;
  Milliseconds took{0};
};

const char* const kEarlierJob = "a job that an earlier run may have made to be listed";

}  // namespace

TEST_CASE("after a lost answer to its creation no earlier run's job is waited for") {
  for (const Fault fault : {Fault::lost_answer, Fault::html, Fault::unavailable_done}) {
    Timed world;
    world.faults.set([fault](const http::HttpRequest& request, int) {
      return request.url.ends_with("/instantiate") ? fault : Fault::none;
    });
    CHECK(world.timed_apply(world.plan(world.desired)).all_done());
    CHECK_FALSE(world.waited_for(kEarlierJob));
    CHECK(world.took == Milliseconds{0});
  }
}

TEST_CASE("what a killed run may have left on a young application is waited for") {
  Timed world;
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.url.ends_with("/jobs") && request.method == http::HttpMethod::post
               ? Fault::not_sent
               : Fault::none;
  });
  CHECK_FALSE(world.timed_apply(world.plan(world.desired)).all_done());
  world.faults.heal();
  CHECK(world.timed_apply(world.plan(world.desired)).all_done());
  CHECK(world.waited_for(kEarlierJob));
}

TEST_CASE("on a young application that an earlier apply finished nothing is waited for") {
  Timed world;
  const std::vector<model::DesiredJob> jobs = std::exchange(world.crm().jobs, {});
  world.crm().credentials.reset();  // which are tried through a job
  SUBCASE("taken over") {
    world.crm().adopt.mode = model::Adopt::Mode::by_name;
    world.make_by_hand("Salesforce", "Salesforce Contoso");
  }
  SUBCASE("created") {}
  REQUIRE(world.timed_apply(world.plan(world.desired)).all_done());
  world.crm().jobs = jobs;
  CHECK(world.timed_apply(world.plan(world.desired)).all_done());
  CHECK_FALSE(world.waited_for(kEarlierJob));
  CHECK(world.took == Milliseconds{0});
}

TEST_CASE("a service principal that was deleted is not waited for, however young it was") {
  Timed world;
  REQUIRE(world.timed_apply(world.plan(world.desired)).all_done());
  world.crm().jobs[0].state = model::JobState::paused;
  const plan::Plan early = world.plan(world.desired);
  world.graph(http::HttpMethod::del,
              "/servicePrincipals/" + world.service_principal_of("Salesforce Contoso"));
  const std::string application = world.applications().at(0)["id"].get<std::string>();

  const plan::ApplyReport report = world.timed_apply(early);
  CHECK(World::lines(report) ==
        std::vector<std::string>{"failed crm/jobs/default/pause: application " + application +
                                 " has no service principal (enterprise application)"});
  CHECK(report.outcomes.at(0).error->advice.find("restore") == 0);
  CHECK(world.took == Milliseconds{0});

  const plan::Plan late = world.plan(world.desired);
  REQUIRE(late.changes.size() == 1);
  CHECK(late.changes[0].status == plan::ChangeStatus::blocked);
  REQUIRE(late.changes[0].refusal.has_value());
  CHECK(late.changes[0].refusal->code == Code::SW5028);
}

TEST_CASE("a young service principal that is not deleted is waited for") {
  Timed world;
  REQUIRE(world.timed_apply(world.plan(world.desired)).all_done());
  world.crm().jobs[0].state = model::JobState::paused;
  const plan::Plan plan = world.plan(world.desired);
  int missing = 3;
  world.faults.set([&missing](const http::HttpRequest& request, int) {
    const bool asked = request.url.find("/servicePrincipals(appId=") != std::string::npos;
    return asked && missing-- > 0 ? Fault::not_found : Fault::none;
  });
  CHECK(world.timed_apply(plan).all_done());
  CHECK(world.waited_for("the service principal to be readable"));
  CHECK(world.took == Milliseconds{200 + 400 + 800});
}

TEST_CASE("an unclaimed creation whose service principal was deleted is left, and not waited for") {
  Timed world;
  const Json made = world.make_by_hand("Salesforce", "syncwright:contoso/-/crm");
  world.graph(http::HttpMethod::del,
              "/servicePrincipals/" + made["servicePrincipal"]["id"].get<std::string>());
  CHECK(world.timed_apply(world.plan(world.desired)).all_done());
  CHECK(world.took == Milliseconds{0});
  CHECK(world.applications("Salesforce Contoso").size() == 1);
  const plan::Plan again = world.plan(world.desired);
  CHECK_FALSE(again.has_changes());
  REQUIRE(again.orphans.size() == 1);
  CHECK(again.orphans[0].display_name == "syncwright:contoso/-/crm");
}

}  // namespace syncwright::apply
