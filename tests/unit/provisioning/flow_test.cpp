#include <doctest/doctest.h>

#include "mapping_world.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

const std::string kAda = "ada@contoso.com";

/// A world of one flow from [a] (or `expression`) to t, without matching.
struct FlowWorld : MappingWorld {
  explicit FlowWorld(Json more = Json::object(), const char* expression = "[a]")
      : MappingWorld(mapping({flow("t", expression, std::move(more))})) {}

  FlowWorld& gives(expression::Value value) {
    ada.attributes.set("a", std::move(value));
    return *this;
  }
  FlowWorld& held(expression::Value value) {
    link({{"t", std::move(value)}});
    return *this;
  }
  /// "flowed: x", what became of the flow and what is written.
  std::string result() {
    const Operation operation = run();
    const auto values = operation.values_to_write();
    std::string text = dispositions(operation);
    for (const auto& [name, value] : values) text += ": " + to_json(value).dump();
    return text;
  }
};

std::string created(expression::Value value, Json more = Json::object()) {
  return FlowWorld(std::move(more)).gives(std::move(value)).result();
}

std::string updated(expression::Value before, expression::Value value, Json more = Json::object()) {
  return FlowWorld(std::move(more)).gives(std::move(value)).held(std::move(before)).result();
}

const Json kObjectAddOnly{{"flowType", "ObjectAddOnly"}};
const Json kAttributeAddOnly{{"flowType", "AttributeAddOnly"}};
const Json kMultiValueAddOnly{{"flowType", "MultiValueAddOnly"}};
const Json kValueAddOnly{{"flowType", "ValueAddOnly"}};
const Json kFlowAlways{{"flowBehavior", "FlowAlways"}};
const Json kDefault{{"defaultValue", "d"}};

}  // namespace

TEST_CASE("a value flows into a new account, whatever it is") {
  CHECK(created(text("x")) == "flowed: \"x\"");
  CHECK(created(text("")) == "flowed: \"\"");
  CHECK(created(expression::MultiValue{"x", "y"}) == R"(flowed: ["x","y"])");
}

TEST_CASE("an account takes what differs from what it has") {
  CHECK(updated(text("x"), text("y")) == "flowed: \"y\"");
  CHECK(updated(expression::Null(), text("y")) == "flowed: \"y\"");
  CHECK(updated(text("x"), text("")) == "flowed: \"\"");
  CHECK(updated(text("x"), text("x")) == "unchanged");
  CHECK(updated(text("x"), text("X")) == "flowed: \"X\"");
}

TEST_CASE("values compare by their texts, lists in their order") {
  CHECK(updated(text("5"), std::int64_t{5}) == "unchanged");
  CHECK(updated(text("True"), true) == "unchanged");
  CHECK(updated(expression::Null(), text("")) == "unchanged");
  CHECK(updated(expression::MultiValue{"x", "y"}, expression::MultiValue{"x", "y"}) == "unchanged");
  CHECK(updated(expression::MultiValue{"x", "y"}, expression::MultiValue{"y", "x"}) ==
        R"(flowed: ["y","x"])");
  CHECK(updated(expression::MultiValue{"x"}, text("x")) == "unchanged");
  CHECK(updated(text("x, y"), expression::MultiValue{"x", "y"}) == R"(flowed: ["x","y"])");
}

TEST_CASE("FlowAlways writes what is there already") {
  CHECK(updated(text("x"), text("x"), kFlowAlways) == "flowed: \"x\"");
  CHECK(updated(text("x"), expression::Null(), kFlowAlways) == "null is not flowed");
}

TEST_CASE("a null is not flowed; a default is for new accounts only") {
  CHECK(created(expression::Null()) == "null is not flowed");
  CHECK(created(expression::Null(), kDefault) == "default value: \"d\"");
  CHECK(created(expression::MultiValue(), kDefault) == "default value: \"d\"");
  CHECK(created(text("x"), kDefault) == "flowed: \"x\"");
  CHECK(created(text(""), kDefault) == "flowed: \"\"");
  CHECK(updated(text("x"), expression::Null(), kDefault) == "null is not flowed");
  CHECK(updated(expression::Null(), expression::Null(), kDefault) == "null is not flowed");
}

TEST_CASE("an empty list empties the target's, and is nothing to a new account") {
  CHECK(updated(expression::MultiValue{"x"}, expression::MultiValue()) == "flowed: []");
  CHECK(created(expression::MultiValue()) == "null is not flowed");
}

TEST_CASE("the mapping type None fills an empty target with its default") {
  const auto none = [](const Json& more, const expression::Value& before) {
    return FlowWorld(more, "").held(before).result();
  };
  CHECK(FlowWorld(kDefault, "").result() == "default value: \"d\"");
  CHECK(FlowWorld(Json::object(), "").result() == "null is not flowed");
  CHECK(none(kDefault, expression::Null()) == "default value: \"d\"");
  CHECK(none(kDefault, text("")) == "default value: \"d\"");
  CHECK(none(kDefault, text("x")) == "the target has a value");
  CHECK(none(Json::object(), expression::Null()) == "null is not flowed");
}

TEST_CASE("ObjectAddOnly writes at creation only") {
  CHECK(created(text("x"), kObjectAddOnly) == "flowed: \"x\"");
  CHECK(updated(text("y"), text("x"), kObjectAddOnly) == "only at creation");
  CHECK(updated(expression::Null(), text("x"), kObjectAddOnly) == "only at creation");
}

TEST_CASE("AttributeAddOnly writes where the target has nothing") {
  CHECK(created(text("x"), kAttributeAddOnly) == "flowed: \"x\"");
  CHECK(updated(expression::Null(), text("x"), kAttributeAddOnly) == "flowed: \"x\"");
  CHECK(updated(text(""), text("x"), kAttributeAddOnly) == "flowed: \"x\"");
  CHECK(updated(text("y"), text("x"), kAttributeAddOnly) == "the target has a value");
}

TEST_CASE("MultiValueAddOnly and ValueAddOnly add and never remove") {
  for (const Json& adding : {kMultiValueAddOnly, kValueAddOnly}) {
    CAPTURE(adding);
    CHECK(created(expression::MultiValue{"x"}, adding) == R"(flowed: ["x"])");
    CHECK(updated(expression::MultiValue{"y", "x"}, expression::MultiValue{"x", "z"}, adding) ==
          R"(flowed: ["y","x","z"])");
    CHECK(updated(expression::MultiValue{"x", "y"}, expression::MultiValue{"y"}, adding) ==
          "unchanged");
    CHECK(updated(expression::MultiValue{"x"}, expression::MultiValue(), adding) == "unchanged");
    CHECK(updated(expression::MultiValue{"x"}, text("y"), adding) == R"(flowed: ["x","y"])");
    CHECK(updated(text("x"), expression::MultiValue{"y"}, adding) == R"(flowed: ["x","y"])");
    CHECK(updated(expression::Null(), text("y"), adding) == "flowed: \"y\"");
    CHECK(updated(text("x"), text("y"), adding) == "the target has a value");
    CHECK(updated(text("x"), text("x"), adding) == "unchanged");
  }
}

TEST_CASE("an expression that ignores the attribute leaves it alone") {
  const char* expression = "IgnoreFlowIfNullOrEmpty([a])";
  CHECK(FlowWorld(kDefault, expression).result() == "ignored by the expression");
  CHECK(FlowWorld(kDefault, expression).held(text("x")).result() == "ignored by the expression");
  CHECK(FlowWorld(kDefault, expression).gives(text("y")).result() == "flowed: \"y\"");
}

TEST_CASE("a failing expression carries its message") {
  FlowWorld world(Json::object(), "Error(\"no mailbox\")");
  const Operation operation = world.run();
  REQUIRE(operation.flows.size() == 1);
  CHECK(operation.flows.front().disposition == Disposition::failed);
  CHECK(operation.flows.front().message.find("no mailbox") != std::string::npos);
}

TEST_CASE("what is not written is not evaluated") {
  CHECK(FlowWorld(kObjectAddOnly, "Error(\"x\")").held(text("y")).result() == "only at creation");
  CHECK(FlowWorld(kAttributeAddOnly, "Error(\"x\")").held(text("y")).result() ==
        "the target has a value");
}

TEST_CASE("references flow as the accounts of the objects that they name") {
  const auto resolve = [](const std::string& id) {
    return id.starts_with("u") ? std::optional("account-" + id) : std::nullopt;
  };
  MappingWorld world(mapping({flow("manager", "[manager]"), flow("members", "[members]"),
                              flow("boss", "Trim([manager])")}));
  world.ada.attributes.set("manager", std::string("u2"));
  world.ada.attributes.set("members", expression::MultiValue{"u3", "x1", "u4"});
  CHECK(written(world.run()) == "boss=u2, manager=u2, members=u3, x1, u4");
  world.input.resolve_reference = resolve;
  CHECK(written(world.run()) == "boss=u2, manager=account-u2, members=account-u3, account-u4");
  world.ada.attributes.set("manager", std::string("x9"));
  CHECK(dispositions(world.run()) == "null is not flowed, flowed, flowed");
}

TEST_CASE("parameters, taken values, roles, the default domain and the time reach expressions") {
  MappingWorld world(mapping({flow("domain", "%DomainFQDN%"), flow("default", "DefaultDomain()"),
                              flow("name", "SelectUniqueValue(\"ada\", \"ada2\")"),
                              flow("role", "SingleAppRoleAssignment([appRoleAssignments])"),
                              flow("day", "FormatDateTime(Now(), , , \"yyyy-MM-dd\")")}));
  const std::map<std::string, std::string, std::less<>> parameters{{"DomainFQDN", "contoso.local"}};
  const std::vector<expression::AppRole> roles{{"r1", "admin", "Administrator"}};
  world.input.parameters = &parameters;
  world.input.default_domain = "contoso.com";
  world.input.is_taken = [](std::string_view name) { return name == "ada"; };
  world.input.roles = roles;
  world.input.now = *parse_rfc3339("2026-05-04T10:00:00Z");
  const auto values = world.run().values_to_write();
  CHECK(expression::to_text(values.at("domain")) == "contoso.local");
  CHECK(expression::to_text(values.at("default")) == "contoso.com");
  CHECK(expression::to_text(values.at("name")) == "ada2");
  CHECK_FALSE(expression::to_text(values.at("role")).empty());
  CHECK(expression::to_text(values.at("day")) == "2026-05-04");
}
