#include "syncwright/provisioning/mapping_run.h"

#include <doctest/doctest.h>

#include "mapping_world.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

const std::string kMail = "ada@contoso.com";
const Json kFirst{{"matchingPriority", 1}};
const Json kSecond{{"matchingPriority", 2}};

Json sales_only() {
  const Json sales = clause("department", "EQUALS", Json::array({"Sales"}));
  return {{"scope", {{"groups", Json::array({group({sales})})}}}};
}

/// userName (matching), title, and active where the target can disable.
Json user_mapping(Json more = Json::object(), const char* activity = "Not([IsSoftDeleted])") {
  std::vector<Json> flows{flow("userName", "[userPrincipalName]", kFirst),
                          flow("title", "[jobTitle]")};
  if (activity != nullptr) flows.push_back(flow("active", activity));
  return mapping(std::move(flows), std::move(more));
}

Json deleting_mapping(Json more = Json::object()) {
  return user_mapping(std::move(more), nullptr);
}

/// An active account that holds everything as Ada's source gives it.
std::map<std::string, expression::Value, std::less<>> equal_account() {
  return {{"userName", kMail}, {"active", true}};
}

}  // namespace

TEST_CASE("an object without an account is created") {
  MappingWorld world(user_mapping());
  const Operation operation = world.run();
  CHECK(summary(operation) == "create");
  CHECK(operation.in_scope);
  CHECK(operation.account == nullptr);
  CHECK(written(operation) == "active=True, userName=ada@contoso.com");
  CHECK(dispositions(operation) == "flowed, null is not flowed, flowed");
  CHECK(world.searched == std::vector<std::string>{"userName=ada@contoso.com"});
}

TEST_CASE("an account that matches is updated, with its own id for the link") {
  MappingWorld world(user_mapping());
  world.ada.attributes.set("jobTitle", text("Countess"));
  world.account("a7", equal_account());
  const Operation operation = world.run();
  CHECK(summary(operation) == "update");
  REQUIRE(operation.account != nullptr);
  CHECK(operation.account->id == "a7");
  CHECK(operation.matched_by == 0u);
  CHECK(written(operation) == "title=Countess");
}

TEST_CASE("a linked account needs no match and no matching value") {
  MappingWorld world(user_mapping());
  world.ada.attributes = expression::AttributeMap({{"jobTitle", text("Countess")}});
  world.account("a7", equal_account());
  world.link({{"active", true}});
  const Operation operation = world.run();
  CHECK(summary(operation) == "update");
  CHECK(operation.account->id == "a1");
  CHECK_FALSE(operation.matched_by.has_value());
  CHECK(world.searched.empty());
}

TEST_CASE("an account that holds everything already is left alone, but known") {
  MappingWorld world(user_mapping());
  world.account("a7", equal_account());
  const Operation operation = world.run();
  CHECK(summary(operation) == "skip: nothing changed");
  CHECK(operation.account->id == "a7");
  CHECK(written(operation).empty());
}

TEST_CASE("matching attributes in their order, the first hit wins, empty values are passed over") {
  MappingWorld world(mapping({flow("mail", "[mail]", kSecond), flow("number", "[id]", kFirst),
                              flow("name", "[name]", {{"matchingPriority", 3}})}));
  world.ada.attributes.set("mail", kMail);
  world.ada.attributes.set("name", text("ada"));
  world.account("by-name", {{"name", text("ada")}});
  world.account("by-mail", {{"mail", kMail}});
  const Operation operation = world.run();
  CHECK(operation.account->id == "by-mail");
  CHECK(operation.matched_by == 0u);
  CHECK(world.searched == std::vector<std::string>{"mail=ada@contoso.com"});
}

TEST_CASE("an object matches by what the expression makes of it") {
  MappingWorld world(mapping({flow("userName", "ToUpper([userPrincipalName])", kFirst)}));
  world.account("a7", {{"userName", text("ADA@CONTOSO.COM")}});
  CHECK(world.run().account != nullptr);
}

TEST_CASE("what was matched by is what is written, even where random values have a part") {
  MappingWorld world(mapping({flow("key", "Guid()", kFirst)}));
  const Operation operation = world.run();
  REQUIRE(world.searched.size() == 1);
  CHECK("key=" + expression::to_text(operation.values_to_write().at("key")) ==
        world.searched.front());
}

TEST_CASE("no matching attribute has a value") {
  MappingWorld world(user_mapping());
  world.ada.attributes = expression::AttributeMap({{"jobTitle", text("Countess")}});
  CHECK(summary(world.run()) == "skip: no matching attribute has a value");
  world.ada.attributes.set("userPrincipalName", text(""));
  CHECK(summary(world.run()) == "skip: no matching attribute has a value");
}

TEST_CASE("a mapping that matches on nothing creates") {
  MappingWorld world(mapping({flow("title", "\"x\"")}));
  CHECK(summary(world.run()) == "create");
}

TEST_CASE("without a target to search everything is new") {
  MappingWorld world(user_mapping());
  world.account("a7", equal_account());
  world.input.find = nullptr;
  CHECK(summary(world.run()) == "create");
}

TEST_CASE("a disabled object mapping does nothing") {
  MappingWorld world(user_mapping({{"enabled", false}}));
  world.link(equal_account());
  world.input.is_assigned = false;
  const Operation operation = world.run();
  CHECK(summary(operation) == "skip: the object mapping is disabled");
  CHECK_FALSE(operation.in_scope);
}

TEST_CASE("who fails an input or category filter is dropped, never deprovisioned") {
  for (const char* key : {"inputFilterGroups", "categoryFilterGroups"}) {
    CAPTURE(key);
    const Json systems = group({clause("isCriticalSystemObject", "IS FALSE")});
    MappingWorld world(user_mapping({{"scope", {{key, Json::array({systems})}}}}));
    CHECK(summary(world.run()) == "create");
    world.ada.attributes.set("isCriticalSystemObject", true);
    world.link(equal_account());
    world.input.is_assigned = false;
    const Operation operation = world.run();
    CHECK(summary(operation) == "skip: filtered on input");
    CHECK_FALSE(operation.in_scope);
    REQUIRE(operation.input_filter.clauses.size() == 1);
    CHECK(operation.input_filter.clauses.front().attribute == "isCriticalSystemObject");
  }
}

TEST_CASE("null rules are settings") {
  const Json not_legal = group({clause("department", "NOT EQUALS", Json::array({"Legal"}))});
  const Json scope{{"scope", {{"groups", Json::array({not_legal})}}}};
  MappingWorld world(user_mapping(scope));
  CHECK(summary(world.run()) == "skip: not in scope");
  ProvisioningSettings settings;
  settings.scope_null_rule = NullRule::lenient;
  world.program = compiled(user_mapping(scope), settings);
  CHECK(summary(world.run()) == "create");
}

TEST_CASE("who has no account and is out of scope is skipped for what kept them out") {
  MappingWorld world(user_mapping(sales_only()));
  world.ada.attributes.set("department", text("Marketing"));
  world.account("a7", equal_account());
  Operation operation = world.run();
  CHECK(summary(operation) == "skip: not in scope");
  CHECK_FALSE(operation.in_scope);
  REQUIRE(operation.scope.clauses.size() == 1);
  CHECK(expression::to_text(operation.scope.clauses.front().found) == "Marketing");

  world.input.is_assigned = false;
  CHECK(summary(world.run()) == "skip: not assigned to the application");

  world.input.is_assigned = true;
  world.input.is_active = false;
  world.ada.attributes.set("department", text("Sales"));
  operation = world.run();
  CHECK(summary(operation) == "skip: disabled or soft-deleted in the source");
  CHECK(operation.account == nullptr);
  CHECK(world.searched.empty());  // an account that would match is left alone
}

TEST_CASE("who leaves the scope is disabled by the activity flow and nothing else") {
  MappingWorld world(user_mapping(sales_only()));
  world.ada.attributes.set("jobTitle", text("Countess"));
  world.link(equal_account());
  const auto leaves = [&] {
    const Operation operation = world.run();
    return summary(operation) + ": " + written(operation);
  };
  CHECK(leaves() == "disable: not in scope: active=False");
  world.input.is_assigned = false;
  CHECK(leaves() == "disable: not assigned to the application: active=False");
  world.input.is_assigned = true;
  world.ada.attributes.set("department", text("Sales"));
  world.input.is_active = false;
  CHECK(leaves() == "disable: disabled or soft-deleted in the source: active=False");
}

TEST_CASE("the usual activity expressions disable") {
  for (const char* activity :
       {"Not([IsSoftDeleted])",
        "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")",
        "[accountEnabled]"}) {
    CAPTURE(activity);
    MappingWorld world(user_mapping(Json::object(), activity));
    world.ada.attributes.set("accountEnabled", true);
    world.link(equal_account());
    world.input.is_assigned = false;
    CHECK(written(world.run()) == "active=False");
  }
}

TEST_CASE("IsSoftDeleted is what the engine knows, not what the source says") {
  MappingWorld world(user_mapping());
  world.ada.attributes.set("IsSoftDeleted", true);
  CHECK(written(world.run()) == "active=True, userName=ada@contoso.com");
}

TEST_CASE("who comes back is enabled again") {
  MappingWorld world(user_mapping());
  world.link({{"userName", kMail}, {"active", false}});
  const Operation operation = world.run();
  CHECK(summary(operation) == "update");
  CHECK(written(operation) == "active=True");
}

TEST_CASE("who is disabled already is left alone") {
  MappingWorld world(user_mapping());
  world.link({{"userName", kMail}, {"active", false}});
  world.input.is_assigned = false;
  CHECK(summary(world.run()) == "skip: nothing changed");
}

TEST_CASE("a target that cannot disable deletes") {
  MappingWorld world(deleting_mapping());
  world.link(equal_account());
  world.input.is_assigned = false;
  const Operation operation = world.run();
  CHECK(summary(operation) == "delete: not assigned to the application");
  CHECK(operation.account->id == "a1");
  CHECK(operation.flows.empty());
}

TEST_CASE("who is gone from the source is deleted, whatever the filters say") {
  MappingWorld world(user_mapping(sales_only()));
  world.input.is_deleted = true;
  CHECK(summary(world.run()) == "skip: deleted in the source");
  world.link(equal_account());
  world.input.skip_out_of_scope_deletions = true;
  CHECK(summary(world.run()) == "delete: deleted in the source");
}

TEST_CASE("skipOutOfScopeDeletions spares who left the scope, not who was disabled") {
  MappingWorld world(user_mapping(sales_only()));
  world.link(equal_account());
  world.input.skip_out_of_scope_deletions = true;
  CHECK(summary(world.run()) ==
        "skip: out of scope, and skipOutOfScopeDeletions keeps the account");
  world.input.is_active = false;
  CHECK(summary(world.run()) == "disable: not in scope");
}

TEST_CASE("flowTypes gate each operation") {
  const auto with = [](const char* types) { return Json{{"flowTypes", types}}; };
  const std::string off = "skip: flowTypes does not allow it";
  SUBCASE("a creation needs Add") {
    CHECK(summary(MappingWorld(user_mapping(with("Update, Delete"))).run()) == off);
    CHECK(summary(MappingWorld(user_mapping(with("Add"))).run()) == "create");
  }
  SUBCASE("an update needs Update") {
    MappingWorld world(user_mapping(with("Add, Delete")));
    world.link({{"userName", text("old")}});
    CHECK(summary(world.run()) == off);
  }
  SUBCASE("a disable needs Update; Delete does not stand in for it") {
    MappingWorld world(user_mapping(with("Add, Delete")));
    world.link(equal_account());
    world.input.is_assigned = false;
    CHECK(summary(world.run()) == off);
  }
  SUBCASE("deletions need Delete") {
    MappingWorld world(deleting_mapping(with("Add, Update")));
    world.link(equal_account());
    world.input.is_assigned = false;
    CHECK(summary(world.run()) == off);
    world.input.is_deleted = true;
    CHECK(summary(world.run()) == off);
  }
}

TEST_CASE("one failing expression fails the object, and nothing is written") {
  MappingWorld world(mapping({flow("userName", "[userPrincipalName]", kFirst),
                              flow("start", "CDate([hired])"), flow("end", "Error(\"no end\")")}));
  world.ada.attributes.set("hired", text("soon"));
  const Operation operation = world.run();
  CHECK(summary(operation) == "skip: an expression failed (failed)");
  CHECK(dispositions(operation) == "flowed, failed, failed");
  CHECK_FALSE(operation.flows[1].message.empty());
  CHECK(operation.flows[2].message.find("no end") != std::string::npos);
  CHECK(operation.values_to_write().empty());
}

TEST_CASE("a matching expression that fails fails the object instead of losing it") {
  MappingWorld world(mapping({flow("userName", "Error(\"no name\")", kFirst)}));
  CHECK(summary(world.run()) == "skip: an expression failed (failed)");
}

TEST_CASE("IgnoreObjectFlow drops the object") {
  MappingWorld world(
      mapping({flow("userName", "[userPrincipalName]", kFirst),
               flow("objectFilter", "Switch([kind], , \"guest\", IgnoreObjectFlow)")}));
  CHECK(summary(world.run()) == "create");
  world.ada.attributes.set("kind", text("guest"));
  const Operation operation = world.run();
  CHECK(summary(operation) == "skip: IgnoreObjectFlow dropped the object");
  CHECK(written(operation).empty());
}
