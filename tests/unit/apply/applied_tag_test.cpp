#include <doctest/doctest.h>

#include <algorithm>

#include "world.h"

namespace syncwright::apply {

namespace {

struct Applied : World {
  Applied() : desired(samples::of(samples::crm())) {
    REQUIRE(plan_and_apply(desired).value().all_done());
    principal = service_principal_of("Salesforce Contoso");
    clock.advance(Milliseconds{86'400'000});
    faults.forget();
  }

  model::DesiredApplication& crm() { return desired.applications[0]; }
  std::optional<std::string> applied() {
    return model::tag_value(tags_of(principal), model::kAppliedTag);
  }
  void pause_by_hand() {
    const Json jobs = graph(http::HttpMethod::get, path("/synchronization/jobs"));
    const auto job = jobs["value"][0]["id"].get<std::string>();
    graph(http::HttpMethod::post, path("/synchronization/jobs/") + job + "/pause");
  }
  [[nodiscard]] std::string path(const std::string& tail) const {
    return "/servicePrincipals/" + principal + tail;
  }

  model::Desired desired;
  std::string principal;
};

}  // namespace

TEST_CASE("what was applied last is recorded, so that a difference has a cause") {
  Applied world;
  CHECK(world.applied() == model::applied_digest(world.crm()));

  world.pause_by_hand();
  CHECK(world.plan(world.desired).changes[0].cause == plan::Cause::tenant);
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());

  world.crm().display_name = "Salesforce Fabrikam";
  CHECK(world.plan(world.desired).changes[0].cause == plan::Cause::manifest);
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  CHECK(world.applied() == model::applied_digest(world.crm()));
}

TEST_CASE("a record is one of many tags, and replaces the one before") {
  Applied world;
  world.crm().display_name = "Salesforce Fabrikam";
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  const auto tags = world.tags_of(world.principal);
  CHECK(std::count_if(tags.begin(), tags.end(), [](const std::string& tag) {
          return tag.starts_with(model::kAppliedTag);
        }) == 1);
  CHECK(model::tag_value(tags, model::kCredentialsTag) == "2026-11");
}

TEST_CASE("what failed is not recorded as applied") {
  Applied world;
  const auto before = world.applied();
  world.crm().credentials->revision = "2026-12";
  world.crm().jobs[0].state = model::JobState::paused;
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::put ? Fault::forbidden : Fault::none;
  });
  CHECK_FALSE(world.plan_and_apply(world.desired).value().all_done());
  CHECK(world.applied() == before);
}

TEST_CASE("a record that is refused fails the change it belongs to") {
  Applied world;
  world.crm().jobs[0].state = model::JobState::paused;
  world.faults.set([](const http::HttpRequest& request, int) {
    return request.method == http::HttpMethod::patch ? Fault::forbidden : Fault::none;
  });
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  REQUIRE(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes.at(0).writes == 1);
  CHECK(report->outcomes.at(0).error->message.find(
            "it is done, but not recorded as what was applied last") == 0);
}

TEST_CASE("an interruption between the last change and its record leaves the change done") {
  Applied world;
  world.crm().jobs[0].state = model::JobState::paused;
  const plan::Plan plan = world.plan(world.desired);
  std::stop_source stop;
  world.faults.before([&](const http::HttpRequest& request) {
    if (request.method == http::HttpMethod::post) stop.request_stop();
  });
  const auto report = world.apply(plan, world.desired, stop.get_token());
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::done);
  CHECK_FALSE(world.plan(world.desired).has_changes());
  CHECK(world.applied() == model::applied_digest(world.crm()));
}

TEST_CASE("whenever an apply is stopped, what it did is recorded, and the next one does the rest") {
  bool stopped = true;
  for (int at = 1; stopped; ++at) {
    CAPTURE(at);
    World world;
    world.batched = true;
    const model::Desired desired = samples::of(samples::crm());
    const plan::Plan plan = world.plan(desired);
    std::stop_source stop;
    stopped = false;
    world.faults.before([&, number = 0](const http::HttpRequest&) mutable {
      if (++number != at) return;
      stop.request_stop();
      stopped = true;
    });
    const auto report = world.apply(plan, desired, stop.get_token());
    world.faults.before(nullptr);
    REQUIRE(report.has_value());
    const auto is_done = [&](const std::string& id) {
      return std::any_of(report->outcomes.begin(), report->outcomes.end(), [&](const auto& each) {
        return each.change->id() == id && each.state == plan::OutcomeState::done;
      });
    };
    const plan::Plan rest = world.plan(desired);
    for (const plan::Change& change : rest.changes) {
      if (change.type == plan::ChangeType::credentials_validate) continue;  // it writes nothing
      CAPTURE(change.id());
      CHECK_FALSE(is_done(change.id()));
    }
    CHECK(rest.has_changes() == !report->all_done());
    CHECK(world.plan_and_apply(desired).value().all_done());
    CHECK_FALSE(world.plan(desired).has_changes());
    CHECK(world.applications().size() == 1);
  }
}

}  // namespace syncwright::apply
