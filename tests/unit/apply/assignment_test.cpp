#include <doctest/doctest.h>

#include <algorithm>

#include "syncwright/core/file.h"
#include "world.h"

namespace syncwright::apply {

namespace {

using Lines = std::vector<std::string>;

// People and groups of the emulator's directory.
constexpr const char* kIngrid = "ingrid.falk@contoso.example";
constexpr const char* kIngridId = "08b39f2f-0578-41a6-af44-385afbd9c1fe";
constexpr const char* kMarcus = "marcus.adeyemi@contoso.example";
constexpr const char* kMarcusId = "ef48780a-17fb-49a2-9f66-70e80e103c3a";
constexpr const char* kStandardUser = "8fce73fe-23c2-4996-8fbf-225c629060e2";

model::DesiredMember user(const std::string& name, std::optional<std::string> role = std::nullopt) {
  model::DesiredMember member;
  member.principal = name;
  member.role = std::move(role);
  return member;
}

model::DesiredMember group(const std::string& name) {
  model::DesiredMember member;
  member.type = model::DesiredMember::Type::group;
  member.principal = name;
  return member;
}

model::Desired staffed(std::vector<model::DesiredMember> members) {
  model::Desired desired = samples::of(samples::crm());
  desired.applications[0].assignments = model::DesiredAssignments{};
  desired.applications[0].assignments->members = std::move(members);
  return desired;
}

/// A world in which the application is there, and nobody is assigned.
struct Settled : World {
  explicit Settled(std::vector<model::DesiredMember> members = {})
      : desired(staffed(std::move(members))) {
    REQUIRE(plan_and_apply(staffed({})).value().all_done());
    principal = "/servicePrincipals/" + service_principal_of("Salesforce Contoso");
    faults.forget();
    clock.advance(Milliseconds{86'400'000});
  }

  std::vector<model::DesiredMember>& members() {
    return desired.applications[0].assignments->members;
  }
  void be_exact() {
    desired.applications[0].assignments->mode = model::DesiredAssignments::Mode::exact;
  }
  void assign(const std::string& principal_id, const std::string& role) {
    graph(http::HttpMethod::post, principal + "/appRoleAssignedTo",
          {{"principalId", principal_id},
           {"resourceId", principal.substr(principal.rfind('/') + 1)},
           {"appRoleId", role}});
  }
  /// "NAME ROLE-ID", sorted.
  Lines assigned() {
    Lines lines;
    const Json answer = graph(http::HttpMethod::get, principal + "/appRoleAssignedTo?$top=999");
    for (const Json& entry : answer["value"]) {
      lines.push_back(entry["principalDisplayName"].get<std::string>() + " " +
                      entry["appRoleId"].get<std::string>());
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  void disturb_posts(Fault fault) {
    faults.set([fault](const http::HttpRequest& request, int) {
      return request.method == http::HttpMethod::post ? fault : Fault::none;
    });
  }

  model::Desired desired;
  std::string principal;
};

/// The requests about assignments.
Lines about_assignments(const World& world) {
  Lines lines = world.faults.lines();
  std::erase_if(lines, [](const std::string& line) {
    return line.find("/appRoleAssignedTo") == std::string::npos;
  });
  for (std::string& line : lines) line = line.substr(0, line.find(' '));
  return lines;
}

}  // namespace

TEST_CASE("members of a new application get their roles as soon as it has them") {
  World world;
  const model::Desired desired =
      staffed({user(kIngrid, "System Administrator"), user(kMarcus), group("Sales")});
  const plan::Plan plan = world.plan(desired);
  REQUIRE(plan.changes[1].provisional);
  CHECK(world.apply(plan, desired).value().all_done());
  CHECK_FALSE(world.plan(desired).has_changes());
  const Json listed =
      world.graph(http::HttpMethod::get, "/servicePrincipals/" +
                                             world.service_principal_of("Salesforce Contoso") +
                                             "/appRoleAssignedTo");
  CHECK(listed["value"].size() == 3);
  CHECK(about_assignments(world) == Lines{"GET", "POST", "GET", "POST", "GET", "POST", "GET"});
}

TEST_CASE("a role that a new application turns out not to have fails before anything is assigned") {
  World world;
  const model::Desired desired = staffed({user(kIngrid, "Chief")});
  const auto report = world.plan_and_apply(desired);
  REQUIRE(report.has_value());
  const plan::ChangeOutcome& outcome = report->outcomes.at(1);
  REQUIRE(outcome.state == plan::OutcomeState::failed);
  CHECK(outcome.error->message == "the application has no usable role `Chief`");
  CHECK(outcome.error->advice.find("Read Only, Standard User") != std::string::npos);
  CHECK(about_assignments(world).empty());
}

TEST_CASE("who is not named goes where the mode is exact, and was kept before") {
  Settled world({user(kIngrid, "Standard User")});
  world.be_exact();
  world.assign(kMarcusId, kStandardUser);
  const auto report = world.plan_and_apply(world.desired);
  REQUIRE(report.has_value());
  CHECK(report->all_done());
  CHECK(world.assigned() == Lines{"Ingrid Falk " + std::string(kStandardUser)});
  CHECK_FALSE(world.plan(world.desired).has_changes());
  const auto kept = read_file(std::filesystem::path(report->backup) / "crm" / "assignments.json");
  REQUIRE(kept.has_value());
  const Json document = *parse_json(*kept);
  REQUIRE(document["value"].size() == 2);
  CHECK(kept->find(kMarcusId) != std::string::npos);
}

TEST_CASE("what somebody assigned between the look and the write is as good as assigned") {
  Settled world({user(kIngrid, "Standard User")});
  const plan::Plan plan = world.plan(world.desired);
  bool done = false;
  SUBCASE("before the look") {
    world.assign(kIngridId, kStandardUser);
    done = true;
  }
  SUBCASE("before the write: Graph answers 400") {
    world.faults.before([&](const http::HttpRequest& request) {
      if (request.method != http::HttpMethod::post || done) return;
      done = true;
      world.assign(kIngridId, kStandardUser);
    });
  }
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(done);
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::done);
  CHECK(report->outcomes.at(0).detail == "it was there already");
  CHECK(report->outcomes.at(0).writes == 1);  // the record of what was applied
  CHECK(world.assigned().size() == 1);
}

TEST_CASE("a lost answer is looked up: assigned or not") {
  for (const bool took_effect : {true, false}) {
    CAPTURE(took_effect);
    Settled world({user(kIngrid, "Standard User")});
    world.disturb_posts(took_effect ? Fault::lost_answer : Fault::not_sent);
    const auto report = world.plan_and_apply(world.desired);
    REQUIRE(report.has_value());
    CHECK(report->outcomes.at(0).state ==
          (took_effect ? plan::OutcomeState::done : plan::OutcomeState::unknown));
    CHECK(world.assigned().size() == (took_effect ? 1 : 0));
  }
}

TEST_CASE("a refusal that is no duplicate fails at once, and is not waited for") {
  Settled world({user(kIngrid, "Standard User")});
  plan::Plan plan = world.plan(world.desired);
  plan.changes[0].assignment()->app_role_id = "00000000-0000-0000-0000-000000000000";
  plan.changes[0].basis.reset();
  const Instant begun = world.clock.now();
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  REQUIRE(report->outcomes.at(0).state == plan::OutcomeState::failed);
  CHECK(report->outcomes.at(0).error->kind == ErrorKind::rejected);
  CHECK(world.clock.now() == begun);
}

TEST_CASE("a pair that the plan's basis does not speak of is not written") {
  Settled world({user(kIngrid, "Standard User")});
  plan::Plan plan = world.plan(world.desired);
  plan.changes[0].assignment()->principal_id = kMarcusId;
  const auto report = world.apply(plan, world.desired);
  REQUIRE(report.has_value());
  CHECK(report->outcomes.at(0).state == plan::OutcomeState::stale);
  CHECK(world.faults.writes().empty());
}

TEST_CASE("assignments are nobody's business where the manifest has none") {
  Settled world({user(kIngrid, "Standard User")});
  const plan::Plan plan = world.plan(world.desired);
  world.desired.applications[0].assignments.reset();
  const auto report = world.apply(plan, world.desired);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().kind == ErrorKind::invalid_input);
}

}  // namespace syncwright::apply
