#include <doctest/doctest.h>

#include <algorithm>

#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

const std::string held = "an operator holds the application's jobs: HR data moves";

/// An application that is applied, and an operator who acts while the next apply is under way.
struct Operated : World {
  Operated() : desired(samples::of(samples::crm())) {
    REQUIRE(plan_and_apply(desired).value().all_done());
    clock.advance(Milliseconds{86'400'000});
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    const Json jobs = graph(http::HttpMethod::get, principal + "/synchronization/jobs");
    job = principal + "/synchronization/jobs/" + jobs["value"][0]["id"].get<std::string>();
  }
  /// `act` happens just before the first PUT of the secrets.
  void at_the_secrets(const std::function<void()>& act) {
    faults.before([this, act, done = false](const http::HttpRequest& request) mutable {
      if (done || request.method != http::HttpMethod::put || !request.url.ends_with("/secrets"))
        return;
      done = true;
      act();
    });
  }
  void hold_and_pause() {
    Json tags = graph(http::HttpMethod::get, principal)["tags"];
    tags.push_back("syncwright-hold:HR data moves");
    graph(http::HttpMethod::patch, principal, {{"tags", tags}});
    graph(http::HttpMethod::post, job + "/pause");
  }
  [[nodiscard]] std::string state() {
    return graph(http::HttpMethod::get, job)["schedule"]["state"].get<std::string>();
  }
  model::DesiredApplication& crm() { return desired.applications[0]; }

  model::Desired desired;
  std::string principal;
  std::string job;
};

}  // namespace

TEST_CASE("a hold that is set during an apply keeps the job from being started") {
  Operated world;
  world.graph(http::HttpMethod::post, world.job + "/pause");
  world.crm().credentials->revision = "2027-01";
  world.at_the_secrets([&] { world.hold_and_pause(); });
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(World::lines(report) == Lines{"done crm/credentials/validate", "done crm/credentials",
                                      "stale crm/jobs/default/start: " + held});
  CHECK(world.state() != "Active");
}

TEST_CASE("a held job whose tags were all removed is started by no apply until it is released") {
  Operated world;
  world.hold_and_pause();
  world.graph(http::HttpMethod::patch, world.principal, {{"tags", {"HideApp"}}});
  REQUIRE(world.plan_and_apply(world.desired).has_value());
  CHECK(world.state() != "Active");
  const std::vector<std::string> tags = world.tags_of(world.principal.substr(19));
  CHECK(model::hold_reason(tags) == std::string(model::kLostTagsHold));
  CHECK(std::find(tags.begin(), tags.end(), model::kProtectedTag) != tags.end());
  CHECK(std::find(tags.begin(), tags.end(), "HideApp") != tags.end());
  REQUIRE(world.plan_and_apply(world.desired).has_value());
  CHECK(world.state() != "Active");
}

TEST_CASE("tags that go during an apply keep the job from being started") {
  Operated world;
  world.graph(http::HttpMethod::post, world.job + "/pause");
  world.crm().credentials.reset();
  world.faults.before([&world, done = false](const http::HttpRequest& request) mutable {
    if (done || request.url.find("/synchronization/jobs") == std::string::npos) return;
    done = true;
    world.graph(http::HttpMethod::patch, world.principal, {{"tags", {"HideApp"}}});
  });
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(World::lines(report) ==
        Lines{"stale crm/jobs/default/start: the application's ownership tags were removed, so "
              "that nobody knows whether the job was on hold"});
  CHECK(world.state() != "Active");
}

TEST_CASE("a hold that is set during an apply keeps the job from being restarted") {
  Operated world;
  world.crm().scope = model::Scope::all;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.crm().scope = model::Scope::assigned;
  world.at_the_secrets([&] { world.hold_and_pause(); });
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(World::lines(report) == Lines{"done crm/credentials/validate", "done crm/credentials",
                                      "stale crm/jobs/default/restart: " + held});
  CHECK(world.state() != "Active");
}

TEST_CASE("a job whose state nobody manages and that was paused since is not restarted") {
  Operated world;
  world.crm().scope = model::Scope::all;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.crm().scope = model::Scope::assigned;
  world.crm().jobs[0].state.reset();
  world.at_the_secrets([&] { world.graph(http::HttpMethod::post, world.job + "/pause"); });
  const plan::ApplyReport report = world.plan_and_apply(world.desired).value();
  CHECK(World::lines(report).back() ==
        "stale crm/jobs/default/restart: the job was paused since the plan was made");
  CHECK(world.state() != "Active");
}

}  // namespace syncwright::apply
