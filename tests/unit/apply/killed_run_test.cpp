#include <doctest/doctest.h>

#include <functional>

#include "world.h"

namespace syncwright::apply {

namespace {

/// One request at a time, so that a request's number means the same in every run. The journal of
/// hundreds of applies would be nothing but waiting for the disk.
void make_repeatable(World& world) {
  world.options.parallelism = 1;
  world.options.journal = "/dev/null";
}

/// What a run is to do, in a world of its own.
struct Story {
  /// Makes the tenant as it is before the run.
  std::function<model::Desired(World& world)> prepare = [](World&) {
    return samples::of(samples::crm());
  };
  bool prune = false;
  int least_requests = 20;
  std::size_t applications = 1;  ///< after it
  std::size_t jobs = 1;
};

int requests_of_a_whole_apply(const emulator::TenantOptions& options, const Story& story,
                              bool batched) {
  World world(options);
  make_repeatable(world);
  world.batched = batched;
  const model::Desired desired = story.prepare(world);
  world.faults.forget();
  REQUIRE(world.apply(world.plan(desired, story.prune), desired).has_value());
  return static_cast<int>(world.faults.lines().size());
}

constexpr Milliseconds kLongAgo{86'400'000};

/// Exactly these users are assigned.
model::Desired staffed(const std::vector<std::string>& users) {
  model::Desired desired = samples::of(samples::crm());
  model::DesiredAssignments& assignments = desired.applications[0].assignments.emplace();
  assignments.mode = model::DesiredAssignments::Mode::exact;
  for (const std::string& name : users) {
    assignments.members.emplace_back().principal = name;
  }
  return desired;
}

std::string described(const plan::Plan& plan) {
  std::string text;
  for (const plan::Change& change : plan.changes) {
    text += change.id() + " " + to_string(change.status) + ": " +
            (change.refusal ? change.refusal->message : std::string(change.reason)) + "\n";
  }
  return text;
}

/// For every request of an apply: a run dies there, another one plans, applies and plans again.
/// `pause`: between the two runs. A run that starts before lists show what the dead one created
/// cannot find it: it makes another one, and the unclaimed one is an orphan (docs/contract.md#4).
void sweep_requests(const emulator::TenantOptions& options, Fault last, Milliseconds pause,
                    const Story& story, bool batched) {
  CAPTURE(batched);
  const bool lists_caught_up = pause >= 2 * options.replication_delay;
  const int requests = requests_of_a_whole_apply(options, story, batched);
  REQUIRE(requests > (batched ? story.least_requests / 2 : story.least_requests));
  for (int dead = 1; dead <= requests; ++dead) {
    CAPTURE(dead);
    World world(options);
    make_repeatable(world);
    world.batched = batched;
    const model::Desired desired = story.prepare(world);
    world.faults.forget();
    world.faults.die_at(dead, last);
    const auto killed = world.apply(world.plan(desired, story.prune), desired);
    REQUIRE(killed.has_value());
    const std::string line = world.faults.lines().at(static_cast<std::size_t>(dead) - 1);
    CAPTURE(line);
    CHECK_FALSE(killed->all_done());
    world.faults.heal();
    world.clock.advance(pause);

    const plan::Plan rest = world.plan(desired, story.prune);
    CAPTURE(described(rest));
    const auto report = world.apply(rest, desired);
    REQUIRE(report.has_value());
    CAPTURE(canonical_json(to_json(*report)));
    CHECK(report->all_done());
    const plan::Plan again = world.plan(desired, story.prune);
    CHECK(described(again) == "");
    world.clock.advance(Milliseconds{60'000});  // lists show everything by now
    CHECK(described(world.plan(desired, story.prune)) == "");
    CHECK(world.applications("Salesforce Contoso").size() == story.applications);
    if (lists_caught_up) {
      CHECK(world.applications().size() == story.applications);
      CHECK(again.orphans.empty());
    }
    if (story.applications == 0) continue;
    const std::string principal = world.service_principal_of("Salesforce Contoso");
    const Json jobs = world.graph(http::HttpMethod::get,
                                  "/servicePrincipals/" + principal + "/synchronization/jobs");
    CHECK(jobs["value"].size() == story.jobs);
  }
}

/// With each request by itself, and with reads that travel in the batch of a write.
void sweep(const emulator::TenantOptions& options, Fault last, Milliseconds pause,
           const Story& story = {}) {
  for (const bool batched : {false, true}) sweep_requests(options, last, pause, story, batched);
}

}  // namespace

TEST_CASE("a run that dies before any request is finished by the next one") {
  sweep({}, Fault::not_sent, Milliseconds{0});
}

TEST_CASE("a run that dies while an answer is on its way is finished by the next one") {
  sweep({}, Fault::lost_answer, Milliseconds{0});
}

TEST_CASE("with replication that lags, the run after the dead one finds what it made") {
  sweep({.replication_delay = Milliseconds{3'000}}, Fault::lost_answer, Milliseconds{7'000});
}

TEST_CASE("with replication that lags, a run at once makes no second job and no second claim") {
  sweep({.replication_delay = Milliseconds{3'000}}, Fault::lost_answer, Milliseconds{0});
}

TEST_CASE("a run that dies while it takes an application over is finished by the next one") {
  Story story;
  story.prepare = [](World& world) {
    world.make_by_hand("Salesforce", "Salesforce Contoso");
    world.clock.advance(kLongAgo);
    model::Desired desired = samples::of(samples::crm());
    desired.applications[0].adopt.mode = model::Adopt::Mode::by_name;
    return desired;
  };
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) sweep({}, last, {}, story);
}

TEST_CASE("a run that dies while a project's name moves is finished by the next one") {
  Story story;
  story.least_requests = 4;
  story.prepare = [](World& world) {
    model::Desired desired = samples::of(samples::crm());
    desired.project = model::kUnnamedProject;
    REQUIRE(world.plan_and_apply(desired).value().all_done());
    world.clock.advance(kLongAgo);
    desired.project = "contoso";
    desired.previously = {model::kUnnamedProject};
    desired.applications[0].credentials->revision = "2026-12";
    return desired;
  };
  const emulator::TenantOptions lagging{.replication_delay = Milliseconds{3'000}};
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) {
    sweep({}, last, {}, story);
    sweep(lagging, last, {}, story);
  }
}

TEST_CASE("a run that dies among assignments leaves each of them once, and none too many") {
  Story story;
  story.least_requests = 6;
  story.prepare = [](World& world) {
    model::Desired desired =
        staffed({"ingrid.falk@contoso.example", "marcus.adeyemi@contoso.example"});
    REQUIRE(world.plan_and_apply(desired).value().all_done());
    world.clock.advance(kLongAgo);
    return staffed({"bianca.pisani@contoso.example", "marcus.adeyemi@contoso.example"});
  };
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) sweep({}, last, {}, story);
}

TEST_CASE("a run that dies while it prunes is finished by the next one") {
  Story story;
  story.prune = true;
  story.least_requests = 6;
  story.applications = 0;
  story.prepare = [](World& world) {
    model::Desired desired = samples::of(samples::crm());
    REQUIRE(world.plan_and_apply(desired).value().all_done());
    world.clock.advance(kLongAgo);
    desired.applications.clear();
    return desired;
  };
  SUBCASE("applications") {}
  SUBCASE("jobs") {
    story.applications = 1;
    story.jobs = 0;
    story.prepare = [](World& world) {
      model::Desired desired = samples::of(samples::crm());
      REQUIRE(world.plan_and_apply(desired).value().all_done());
      world.clock.advance(kLongAgo);
      desired.applications[0].jobs[0].absent = true;
      return desired;
    };
  }
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) sweep({}, last, {}, story);
}

TEST_CASE("a run that dies while a scope is narrowed leaves no restart behind") {
  Story story;
  story.least_requests = 12;
  story.prepare = [](World& world) {
    model::Desired desired = samples::of(samples::crm());
    desired.applications[0].scope = model::Scope::all;
    REQUIRE(world.plan_and_apply(desired).value().all_done());
    world.clock.advance(kLongAgo);
    desired.applications[0].scope = model::Scope::assigned;
    return desired;
  };
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) sweep({}, last, {}, story);
}

TEST_CASE("with lists that lag, the run after one that died over a scope does the restart") {
  Story story;
  story.least_requests = 12;
  story.prepare = [](World& world) {
    model::Desired desired = samples::of(samples::crm());
    desired.applications[0].scope = model::Scope::all;
    REQUIRE(world.plan_and_apply(desired).value().all_done());
    world.clock.advance(kLongAgo);
    desired.applications[0].scope = model::Scope::assigned;
    return desired;
  };
  const emulator::TenantOptions lagging{.replication_delay = Milliseconds{3'000}};
  for (const Fault last : {Fault::not_sent, Fault::lost_answer}) sweep(lagging, last, {}, story);
}

TEST_CASE("one disturbed request does no harm") {
  const model::Desired desired = samples::of(samples::crm());
  bool batched = false;
  SUBCASE("each by itself") {}
  SUBCASE("in batches") {
    batched = true;
  }
  const int requests = requests_of_a_whole_apply({}, {}, batched);
  for (const Fault fault :
       {Fault::not_sent, Fault::lost_answer, Fault::html, Fault::server_error, Fault::throttled}) {
    for (int number = 1; number <= requests; ++number) {
      CAPTURE(static_cast<int>(fault));
      CAPTURE(number);
      World world;
      make_repeatable(world);
      world.batched = batched;
      world.faults.set([&](const http::HttpRequest&, int current) {
        return current == number ? fault : Fault::none;
      });
      const auto disturbed = world.plan_and_apply(desired);
      REQUIRE(disturbed.has_value());
      CAPTURE(world.faults.lines().at(static_cast<std::size_t>(number) - 1));
      world.faults.heal();
      const plan::Plan rest = world.plan(desired);
      CAPTURE(described(rest));
      const auto report = world.apply(rest, desired);
      REQUIRE(report.has_value());
      CAPTURE(canonical_json(to_json(*report)));
      CHECK(report->all_done());
      CHECK(described(world.plan(desired)) == "");
      CHECK(world.applications().size() == 1);
    }
  }
}

}  // namespace syncwright::apply
