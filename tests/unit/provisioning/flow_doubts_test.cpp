#include <doctest/doctest.h>

#include <array>

#include "mapping_world.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

/// "userName SW3140: ..." for each doubt, with a line feed between them.
std::string doubted(MappingWorld& world) {
  const Operation operation = world.run();
  std::string text;
  for (const auto& [flow, doubt] : doubts(world.program, world.input, operation)) {
    text += (text.empty() ? "" : "\n") + world.program.flows[flow].target_attribute_name + " " +
            std::string(to_string(doubt.code)) + ": " + doubt.failure;
  }
  return text;
}

constexpr const char* kNever = R"(IIF([hired] = "never", "x", CDate([hired])))";

}  // namespace

TEST_CASE("each flow that ran is asked, and those it matched by") {
  MappingWorld world(mapping({flow("userName", "[userPrincipalName]", {{"matchingPriority", 1}}),
                              flow("hired", kNever), flow("plain", "[hired]"),
                              flow("first", kNever, {{"flowType", "ObjectAddOnly"}})}));
  world.ada.attributes.set("hired", std::string("never"));
  const std::string failure = "SW3140: CDate: \"never\" is no date";
  CHECK(doubted(world) == "hired " + failure + "\nfirst " + failure);
  world.link({});
  CHECK(doubted(world) == "hired " + failure);
  world.input.is_assigned = false;
  CHECK(doubted(world).empty());
}

TEST_CASE("a source of a match is asked though its flow does not run") {
  MappingWorld world(mapping(
      {flow("userName", kNever, {{"matchingPriority", 1}, {"flowType", "ObjectAddOnly"}})}));
  world.ada.attributes.set("hired", std::string("never"));
  world.account("a1", {{"userName", std::string("x")}});
  CHECK(doubted(world) == "userName SW3140: CDate: \"never\" is no date");
}

TEST_CASE("who is disabled is asked as one who left") {
  MappingWorld world(mapping({flow(
      "active", R"(IIF([IsSoftDeleted], "False", IIF([hired] = "never", "x", CDate([hired]))))")}));
  world.ada.attributes.set("hired", std::string("soon"));
  world.link({{"active", std::string("True")}});
  world.input.is_assigned = false;
  CHECK(summary(world.run()) == "disable: not assigned to the application");
  CHECK(doubted(world) == "active SW3140: CDate: \"soon\" is no date");
}

TEST_CASE("a redacted flow keeps its value to itself, also in the story") {
  MappingWorld world(mapping({flow("hired", std::string("Redact(") + kNever + ")")}));
  world.ada.attributes.set("hired", std::string("never"));
  CHECK(doubted(world) == "hired SW3140: [Redact]");
  std::string details;
  for (const ProvisioningStep& step : world.story()) {
    for (const std::string& line : step.details) details += line + "\n";
  }
  CHECK(details ==
        "hired <- Redact(IIF([hired]=\"never\", \"x\", CDate([hired]))): [Redact] (flowed)\n"
        "doubtful: hired: a branch that is not taken fails, and the service was seen to evaluate "
        "both: [Redact]\n");
}

TEST_CASE("one role of several is told") {
  const std::array<expression::AppRole, 2> roles = {
      {{"1", "admin", "Admin"}, {"2", "guest", "Guest"}}};
  MappingWorld world(mapping({flow("role", "SingleAppRoleAssignment([appRoleAssignments])")}));
  world.input.roles = roles;
  CHECK(doubted(world) ==
        "role SW3141: SingleAppRoleAssignment: 2 roles are assigned, and one is expected: `admin`, "
        "`guest`");
}
