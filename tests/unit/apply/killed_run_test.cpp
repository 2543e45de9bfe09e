#include <doctest/doctest.h>

#include "world.h"

namespace syncwright {

namespace {

/// One request at a time, so that a request's number means the same in every run. The journal of
/// hundreds of applies would be nothing but waiting for the disk.
void make_repeatable(World& world) {
  world.options.parallelism = 1;
  world.options.journal = "/dev/null";
}

int requests_of_a_whole_apply(const emulator::TenantOptions& options, const Desired& desired) {
  World world(options);
  make_repeatable(world);
  REQUIRE(world.plan_and_apply(desired).has_value());
  return static_cast<int>(world.faults.lines().size());
}

std::string described(const Plan& plan) {
  std::string text;
  for (const Change& change : plan.changes) {
    text += change.id + " " + to_string(change.status) + ": " +
            (change.refusal ? change.refusal->message : change.reason) + "\n";
  }
  return text;
}

/// For every request of an apply: a run dies there, another one plans, applies and plans again.
/// `pause`: between the two runs. A run that starts before lists show what the dead one created
/// cannot find it: it makes another one, and the unclaimed one is an orphan (PRODUCT.md 4).
void sweep(const emulator::TenantOptions& options, Fault last, Milliseconds pause) {
  const Desired desired = samples::of(samples::crm());
  const bool lists_caught_up = pause >= 2 * options.replication_delay;
  const int requests = requests_of_a_whole_apply(options, desired);
  REQUIRE(requests > 25);
  for (int dead = 1; dead <= requests; ++dead) {
    CAPTURE(dead);
    World world(options);
    make_repeatable(world);
    world.faults.die_at(dead, last);
    const auto killed = world.plan_and_apply(desired);
    REQUIRE(killed.has_value());
    const std::string line = world.faults.lines().at(static_cast<std::size_t>(dead) - 1);
    CAPTURE(line);
    CHECK_FALSE(killed->all_done());
    world.faults.heal();
    world.clock.advance(pause);

    const Plan rest = world.plan(desired);
    CAPTURE(described(rest));
    const auto report = world.apply(rest, desired);
    REQUIRE(report.has_value());
    CAPTURE(canonical_json(to_json(*report)));
    CHECK(report->all_done());
    const Plan again = world.plan(desired);
    CHECK(described(again) == "");
    world.clock.advance(Milliseconds{60'000});  // lists show everything by now
    CHECK(world.applications("Salesforce Contoso").size() == 1);
    if (lists_caught_up) {
      CHECK(world.applications().size() == 1);
      CHECK(again.orphans.empty());
    }
    const std::string principal = world.service_principal_of("Salesforce Contoso");
    const Json jobs =
        world.graph(HttpMethod::get, "/servicePrincipals/" + principal + "/synchronization/jobs");
    CHECK(jobs["value"].size() == 1);
  }
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

TEST_CASE("one disturbed request does no harm") {
  const Desired desired = samples::of(samples::crm());
  const int requests = requests_of_a_whole_apply({}, desired);
  for (const Fault fault :
       {Fault::not_sent, Fault::lost_answer, Fault::html, Fault::server_error, Fault::throttled}) {
    for (int number = 1; number <= requests; ++number) {
      CAPTURE(static_cast<int>(fault));
      CAPTURE(number);
      World world;
      make_repeatable(world);
      world.faults.set(
          [&](const HttpRequest&, int current) { return current == number ? fault : Fault::none; });
      const auto disturbed = world.plan_and_apply(desired);
      REQUIRE(disturbed.has_value());
      CAPTURE(world.faults.lines().at(static_cast<std::size_t>(number) - 1));
      world.faults.heal();
      const Plan rest = world.plan(desired);
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

}  // namespace syncwright
