#include <doctest/doctest.h>

#include <algorithm>

#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kKey = "syncwright/contoso/-/crm";

/// An application that somebody made by hand under the manifest's display name, with a tag of their
/// own, and a manifest that takes it over.
struct HandMade : World {
  explicit HandMade(Milliseconds age = Milliseconds{86'400'000})
      : desired(samples::of(samples::crm())) {
    crm().adopt.mode = model::Adopt::Mode::by_name;
    const Json made = make_by_hand("Salesforce", "Salesforce Contoso");
    application = made["application"]["id"].get<std::string>();
    principal = made["servicePrincipal"]["id"].get<std::string>();
    clock.advance(age);
    add_tag("cost-center:7");
  }

  model::DesiredApplication& crm() { return desired.applications[0]; }
  void add_tag(const std::string& tag) {
    Json tags = tags_of(principal);
    tags.push_back(tag);
    graph(http::HttpMethod::patch, "/servicePrincipals/" + principal, {{"tags", tags}});
  }
  Json live_application() { return graph(http::HttpMethod::get, "/applications/" + application); }
  bool has_tag(const std::string& tag) {
    const Lines tags = tags_of(principal);
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  }
  /// Another application with the key of this one's name.
  std::string rival() {
    const Json made = make_by_hand("Salesforce", "A rival");
    auto id = made["application"]["id"].get<std::string>();
    graph(http::HttpMethod::patch, "/applications/" + id, {{"uniqueName", kKey}});
    return id;
  }

  model::Desired desired;
  std::string application;
  std::string principal;
};

}  // namespace

TEST_CASE("what was made by hand is taken over: tags, a key, and nothing that is not ours") {
  HandMade world;
  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.find("crm/adopt") != nullptr);
  CHECK(plan.find("crm/adopt")->target()->id == world.principal);
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(report->outcomes.at(0).detail == "service principal " + world.principal);
  CHECK(world.live_application()["uniqueName"] == kKey);
  for (const char* tag : {"syncwright:contoso/-", "syncwright-app:crm", "cost-center:7"}) {
    CAPTURE(tag);
    CHECK(world.has_tag(tag));
  }
  CHECK(world.applications().size() == 1);
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE(
    "a tag that somebody adds during an adoption is lost in the round trip of its write only") {
  bool batched = false;
  SUBCASE("each by itself") {}
  SUBCASE("in batches") {
    batched = true;
  }
  int at = 0;
  int lost = 0;
  for (bool was_made = true; was_made;) {
    was_made = false;
    ++at;
    CAPTURE(at);
    HandMade world;
    world.batched = batched;
    const plan::Plan plan = world.plan(world.desired);
    std::string line;
    world.faults.before([&, number = 0](const http::HttpRequest&) mutable {
      if (++number != at) return;
      was_made = true;
      line = world.faults.lines().back();
      world.add_tag("team:blue");
    });
    const auto report = world.apply(plan, world.desired);
    world.faults.before(nullptr);
    REQUIRE(report.has_value());
    if (!was_made) continue;
    CAPTURE(line);
    CAPTURE(canonical_json(to_json(*report)));
    CHECK(report->all_done());
    CHECK(world.has_tag("cost-center:7"));
    CHECK(world.has_tag("syncwright-app:crm"));
    if (world.has_tag("team:blue")) continue;
    ++lost;
    CHECK(line == "PATCH /servicePrincipals/" + world.principal);
  }
  CHECK(at > (batched ? 10 : 15));
  CHECK(lost == 2);
}

TEST_CASE("a young one that was nobody's gets its job at once: no earlier run can have made it") {
  HandMade world{Milliseconds{0}};
  const Instant begun = world.clock.now();
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  CHECK(world.clock.now() == begun);
  CHECK_FALSE(world.plan(world.desired).has_changes());
}

TEST_CASE("an application that moves to another manifest name keeps its key, and both its names") {
  HandMade world;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.crm().name = "sales";
  world.crm().previously = {"crm"};
  world.crm().adopt.mode = model::Adopt::Mode::refuse;
  world.crm().display_name = "Salesforce Sales";
  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.find("sales/adopt") != nullptr);
  CHECK(world.apply(plan, world.desired).value().all_done());
  CHECK(world.live_application()["uniqueName"] == kKey);
  CHECK(world.live_application()["displayName"] == "Salesforce Sales");
  CHECK(world.has_tag("syncwright-app:sales"));
  CHECK_FALSE(world.has_tag("syncwright-app:crm"));
  CHECK_FALSE(world.plan(world.desired).has_changes());
  CHECK(world.applications().size() == 1);
}

namespace {

/// Applied by a project that nobody had named, which has a name since.
struct NamedSince : World {
  NamedSince() : desired(samples::of(samples::crm())) {
    options.parallelism = 1;
    options.journal = "/dev/null";
    desired.project = model::kUnnamedProject;
    REQUIRE(plan_and_apply(desired).value().all_done());
    clock.advance(Milliseconds{86'400'000});
    principal = service_principal_of("Salesforce Contoso");
    path = "/servicePrincipals/" + principal;
    desired.project = "contoso";
    desired.previously = {model::kUnnamedProject};
    faults.forget();
  }
  bool has_tag(const std::string& tag) {
    const Lines tags = tags_of(principal);
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  }

  model::Desired desired;
  std::string principal;
  std::string path;
};

}  // namespace

TEST_CASE("a project that got a name takes over what it owned without one, in one PATCH") {
  NamedSince world;
  model::Desired without = world.desired;
  without.previously.clear();
  const plan::Plan locked_out = world.plan(without);
  REQUIRE(locked_out.has_refusals());
  CHECK(locked_out.changes[0].refusal->code == Code::SW5003);

  const plan::Plan plan = world.plan(world.desired);
  REQUIRE(plan.changes.size() == 1);
  CHECK(plan.changes[0].id() == "crm/adopt");
  CHECK(plan.changes[0].reason == "the project `default` is called `contoso` now");
  CHECK(world.apply(plan, world.desired).value().all_done());
  CHECK(world.faults.writes() == Lines{"PATCH " + world.path});
  CHECK(world.has_tag("syncwright:contoso/-"));
  CHECK_FALSE(world.has_tag("syncwright:default/-"));
  CHECK(world.has_tag("syncwright-app:crm"));
  CHECK(world.has_tag("syncwright-credentials:2026-11"));
  CHECK_FALSE(world.plan(world.desired).has_changes());
  CHECK_FALSE(world.plan(without).has_changes());  // the earlier name has done its work
  CHECK(world.applications().size() == 1);
}

TEST_CASE("with an earlier name of the project, an application without tags is found by its key") {
  NamedSince world;
  REQUIRE(world.plan_and_apply(world.desired).value().all_done());
  world.graph(http::HttpMethod::patch, world.path, {{"tags", Json::array({"HideApp"})}});
  const plan::Plan plan = world.plan(world.desired);
  CHECK(plan.find("crm/update") != nullptr);
  CHECK(plan.find("crm") == nullptr);
  REQUIRE(world.apply(plan, world.desired).has_value());
  CHECK(world.has_tag("syncwright:contoso/-"));
  CHECK(world.applications().size() == 1);
}

TEST_CASE("while a project's name moves, a tag of somebody else's is lost in one round trip only") {
  int lost = 0;
  for (int at = 1;; ++at) {
    CAPTURE(at);
    NamedSince world;
    const plan::Plan plan = world.plan(world.desired);
    world.faults.before([&world, at, number = 0](const http::HttpRequest&) mutable {
      if (++number != at) return;
      Json tags = world.tags_of(world.principal);
      tags.push_back("team:blue");
      world.graph(http::HttpMethod::patch, world.path, {{"tags", tags}});
    });
    REQUIRE(world.apply(plan, world.desired).value().all_done());
    world.faults.before(nullptr);
    const Lines lines = world.faults.lines();
    if (static_cast<std::size_t>(at) > lines.size()) break;
    CHECK(world.has_tag("syncwright:contoso/-"));
    CHECK_FALSE(world.has_tag("syncwright:default/-"));
    if (world.has_tag("team:blue")) continue;
    ++lost;
    CHECK(lines.at(static_cast<std::size_t>(at) - 1) == "PATCH " + world.path);
  }
  CHECK(lost == 1);
}

TEST_CASE("an adoption is stale where its application was renamed, and nothing is written") {
  HandMade world;
  world.crm().adopt.mode = model::Adopt::Mode::service_principal;
  world.crm().adopt.id = world.principal;
  const plan::Plan plan = world.plan(world.desired);
  world.graph(http::HttpMethod::patch, "/servicePrincipals/" + world.principal,
              {{"displayName", "Somebody's"}});
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(World::lines(*report).front() ==
        "stale crm/adopt: changed since the plan was made: displayName");
  CHECK(world.faults.writes().empty());
}

TEST_CASE("what another project tagged since the plan is not taken from it") {
  HandMade world;
  const plan::Plan plan = world.plan(world.desired);
  world.add_tag("syncwright:fabrikam/-");
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  REQUIRE(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes.at(0).error->kind == ErrorKind::guard);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("what is gone since the plan makes the adoption stale") {
  HandMade world;
  const plan::Plan plan = world.plan(world.desired);
  world.graph(http::HttpMethod::del, "/applications/" + world.application);
  CHECK(world.apply(plan, world.desired).value().outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("who lost the race for the key does not go on with the winner") {
  HandMade world;
  const plan::Plan plan = world.plan(world.desired);
  std::string rival;
  SUBCASE("before the step looked") {
    rival = world.rival();
  }
  SUBCASE("between its look and its claim") {
    world.faults.before([&](const http::HttpRequest& request) {
      const bool claims = request.method == http::HttpMethod::patch &&
                          request.url.find("/applications/") != std::string::npos;
      if (claims && rival.empty()) rival = world.rival();
    });
  }
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  REQUIRE(report->outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(report->outcomes.at(1).state == plan::OutcomeState::skipped);
  CHECK(report->outcomes.at(0).error->message ==
        "application " + rival + " has the name " + kKey + " by now");
  CHECK(world.graph(http::HttpMethod::get, "/applications/" + rival)["displayName"] == "A rival");
  CHECK_FALSE(world.has_tag("syncwright:contoso/-"));
}

}  // namespace syncwright::apply
