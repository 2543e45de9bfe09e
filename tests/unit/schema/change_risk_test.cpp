#include "syncwright/schema/change_risk.h"

#include <algorithm>

#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

bool any_change(std::string_view passage, std::string_view by, bool (*risk)(const FieldChange&)) {
  const auto changes = diff(sample(), decoded(replaced(sample_text(), passage, by)));
  REQUIRE_FALSE(changes.empty());
  return std::any_of(changes.begin(), changes.end(), risk);
}

bool deprovisions(std::string_view passage, std::string_view by) {
  return any_change(passage, by, may_deprovision);
}

bool exposes(std::string_view passage, std::string_view by) {
  return any_change(passage, by, may_expose);
}

constexpr std::string_view matching_source =
    R"({"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []})";

FieldChange edit_of(const char* attribute, Json before, Json after) {
  return {std::string("RULE/User->User/") + attribute, std::move(before), std::move(after)};
}

Json expression_words(const char* text) {
  return {{"expression", text}};
}

const char* const by_switch = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";

Json filter_of(const char* department) {
  const Json clause = {
      {"attribute", "department"}, {"operator", "EQUALS"}, {"values", {department}}};
  return Json::array({Json{{"all", Json::array({clause})}}});
}

}  // namespace

TEST_CASE("what can take accounts out of scope or match other ones may deprovision") {
  CHECK(deprovisions(R"("scope": null)",
                     R"("scope": {"groups": [{"clauses": [{"sourceOperandName": "a"}]}]})"));
  CHECK(deprovisions(
      R"("scope": null)",
      R"("scope": {"categoryFilterGroups": [{"clauses": [{"sourceOperandName": "a"}]}]})"));
  CHECK(
      deprovisions(R"("name": "ROLE_INBOUND",)",
                   R"("name": "ROLE_INBOUND", "containerFilter": {"includedContainers": ["a"]},)"));
  CHECK(deprovisions(R"("name": "ROLE_INBOUND",)",
                     R"("name": "ROLE_INBOUND", "groupFilter": {"includedGroups": ["a"]},)"));
  CHECK(deprovisions(R"("enabled": true)", R"("enabled": false)"));
  CHECK(deprovisions(R"("matchingPriority": 1,
              "targetAttributeName": "Username")",
                     R"("matchingPriority": 2,
              "targetAttributeName": "Username")"));
  CHECK(deprovisions(R"("targetAttributeName": "Username")", R"("targetAttributeName": "Other")"));
  CHECK(deprovisions(matching_source, R"({"name": "mail"})"));
  CHECK(deprovisions(R"("sourceObjectName": "Profile")", R"("sourceObjectName": "Role")"));
}

TEST_CASE("another value for an account's switch may deprovision") {
  const Json before = {{"expression", "Not([IsSoftDeleted])"}, {"defaultValue", "True"}};
  const auto edited = [&before](const char* key, const Json& value) {
    Json after = before;
    after[key] = value;
    return after;
  };
  for (const char* target : {"active", "IsActive", "AccountEnabled", "accountDisabled"}) {
    CAPTURE(target);
    CHECK(may_deprovision(edit_of(target, before, edited("expression", "[a]"))));
    CHECK(may_deprovision(edit_of(target, before, edited("defaultValue", "False"))));
    CHECK(may_deprovision(edit_of(target, nullptr, {{"expression", "[a]"}})));
    CHECK_FALSE(may_deprovision(edit_of(target, before, nullptr)));  // exposes
    const Json once = edited("flowType", "ObjectAddOnly");
    CHECK_FALSE(may_deprovision(edit_of(target, before, once)));
    const Json always = expression_words("[a]");
    CHECK(may_deprovision(
        edit_of(target, {{"expression", "[a]"}, {"flowType", "ObjectAddOnly"}}, always)));
    CHECK_FALSE(may_deprovision(edit_of(target, before, edited("flowBehavior", "FlowAlways"))));
  }
  CHECK_FALSE(may_deprovision(edit_of("title", before, edited("defaultValue", "False"))));
  CHECK_FALSE(may_deprovision(edit_of("active", before, {{"constant", "true"}})));
  CHECK_FALSE(may_deprovision(edit_of("active", {{"constant", "true"}}, before)));
  CHECK_FALSE(may_deprovision(edit_of("active", before, expression_words(by_switch))));
  CHECK_FALSE(
      may_deprovision(edit_of("accountDisabled", nullptr, expression_words("[IsSoftDeleted]"))));
  CHECK_FALSE(may_deprovision(edit_of("accountDisabled", before, {{"constant", "False"}})));
  CHECK(may_deprovision(edit_of("IsActive", before, {{"constant", "False"}})));
  CHECK(may_deprovision(edit_of("accountDisabled", before, {{"constant", "True"}})));
}

TEST_CASE("a matching mapping that compares another default value may deprovision") {
  const Json before = {{"expression", "[userPrincipalName]"}, {"matchingPriority", 1}};
  Json after = before;
  after["defaultValue"] = "x";
  CHECK(may_deprovision(edit_of("Username", before, after)));
}

TEST_CASE("an ordinary edit deprovisions nobody") {
  CHECK_FALSE(deprovisions(R"({"name": "company", "type": "Attribute"})", R"({"name": "mail"})"));
  CHECK_FALSE(deprovisions(
      R"("scope": null)",
      R"("scope": {"inputFilterGroups": [{"clauses": [{"sourceOperandName": "a"}]}]})"));
  CHECK_FALSE(deprovisions(R"("x-note": "kept")", R"("flowType": "ObjectAddOnly")"));
  CHECK_FALSE(deprovisions(R"("Add, Update, Delete")", R"("Add,Update")"));
  CHECK_FALSE(deprovisions(R"("type": "Boolean")", R"("type": "String")"));
  CHECK_FALSE(
      deprovisions(R"("targetAttributeName": "CompanyName")", R"("targetAttributeName": "X")"));
}

TEST_CASE("a filter that is removed or loosened may expose, one that is tightened may not") {
  const std::string path = "RULE/User->User:scopingFilter";
  const Json sales = {{"any", filter_of("Sales")}};
  CHECK(may_expose({path, sales, nullptr}));
  CHECK(may_expose({path, sales, {{"any", filter_of("Legal")}}}));
  CHECK_FALSE(may_expose({path, nullptr, sales}));
  for (const char* list : {":inputFilterGroups", ":categoryFilterGroups"}) {
    CAPTURE(list);
    CHECK(may_expose({"RULE/User->User" + std::string(list), filter_of("Sales"), nullptr}));
    CHECK_FALSE(may_expose({"RULE/User->User" + std::string(list), nullptr, filter_of("Sales")}));
  }
  CHECK(may_deprovision({path, sales, nullptr}));
}

TEST_CASE("more containers or groups may expose, fewer may not") {
  for (const char* list : {":containerFilter", ":groupFilter"}) {
    CAPTURE(list);
    const std::string path = "RULE" + std::string(list);
    const Json one = {{"includedContainers", {"a"}}};
    const Json two = {{"includedContainers", {"a", "b"}}};
    CHECK(may_expose({path, one, two}));
    CHECK(may_expose({path, one, nullptr}));
    CHECK_FALSE(may_expose({path, two, one}));
    CHECK_FALSE(may_expose({path, nullptr, one}));
  }
}

TEST_CASE("an object mapping that is enabled, or comes enabled, may expose") {
  CHECK(may_expose({"RULE/User->User:enabled", false, true}));
  CHECK_FALSE(may_expose({"RULE/User->User:enabled", true, false}));
  const auto mapping = [](bool enabled) {
    return Json{{"enabled", enabled}, {"attributeMappings", {"a"}}};
  };
  CHECK(may_expose({"RULE/User->User", nullptr, mapping(true)}));
  CHECK_FALSE(may_expose({"RULE/User->User", nullptr, mapping(false)}));
  CHECK_FALSE(may_expose({"RULE/User->User", mapping(true), nullptr}));
  CHECK(may_expose({"RULE", nullptr, {{"objectMappings", {"User->User"}}}}));
}

TEST_CASE("flow types: Add gained, Update or Delete lost") {
  const auto flows = [](Json before, Json after) {
    return may_expose({"RULE/User->User:flowTypes", std::move(before), std::move(after)});
  };
  CHECK(flows({"Update", "Delete"}, {"Add", "Update", "Delete"}));
  CHECK(flows({"Add", "Update", "Delete"}, {"Add", "Update"}));
  CHECK(flows({"Add", "Update", "Delete"}, {"Add", "Delete"}));
  CHECK_FALSE(flows({"Add", "Update", "Delete"}, {"Update", "Delete"}));
  CHECK_FALSE(flows({"Add", "Update"}, {"Add", "Update", "Delete"}));
}

TEST_CASE("the mapping that disables people: removed, exchanged, or for creation only") {
  for (const char* disabling : {"Not([IsSoftDeleted])", by_switch, "[accountEnabled]"}) {
    CAPTURE(disabling);
    const Json before = expression_words(disabling);
    CHECK(may_expose(edit_of("status", before, nullptr)));
    CHECK(may_expose(edit_of("status", before, {{"constant", "active"}})));
    CHECK(may_expose(edit_of("status", before, {{"source", "none"}})));
    CHECK(may_expose(edit_of("status", before, expression_words("[jobTitle]"))));
    Json once = before;
    once["flowType"] = "ObjectAddOnly";
    CHECK(may_expose(edit_of("status", before, once)));
    CHECK_FALSE(may_expose(edit_of("status", once, nullptr)));
    CHECK_FALSE(may_expose(edit_of("status", nullptr, before)));
    Json always = before;
    always["flowBehavior"] = "FlowAlways";
    CHECK_FALSE(may_expose(edit_of("status", before, always)));
  }
  CHECK(may_expose(
      edit_of("active", expression_words("Not([IsSoftDeleted])"), expression_words(by_switch))));
}

TEST_CASE("what switches an account is known by its name, too") {
  const Json left = expression_words(R"(Switch([Terminated], , "1", "False", "0", "True"))");
  for (const char* target : {"active", "IsActive", "AccountEnabled", "accountDisabled"}) {
    CAPTURE(target);
    CHECK(may_expose(edit_of(target, left, nullptr)));
    CHECK_FALSE(may_expose(edit_of(target, {{"constant", "True"}}, nullptr)));
    CHECK(may_expose(edit_of(target, {{"sourceTree", {{"type", "Odd"}}}}, nullptr)));
  }
  CHECK_FALSE(may_expose(edit_of("title", left, nullptr)));
  CHECK_FALSE(may_expose(edit_of("title", {{"sourceTree", {{"type", "Odd"}}}}, nullptr)));
  CHECK_FALSE(may_expose(edit_of("title", expression_words(R"("[IsSoftDeleted]")"), nullptr)));
}

TEST_CASE("an ordinary edit exposes nobody") {
  CHECK_FALSE(exposes(R"({"name": "company", "type": "Attribute"})", R"({"name": "mail"})"));
  CHECK_FALSE(exposes(matching_source, R"({"name": "mail"})"));
  CHECK_FALSE(exposes(R"("type": "Boolean")", R"("type": "String")"));
  CHECK_FALSE(exposes(R"("enabled": true)", R"("enabled": false)"));
  CHECK_FALSE(exposes(R"("targetAttributeName": "CompanyName")", R"("targetAttributeName": "X")"));
  CHECK_FALSE(exposes(R"("caseExact": false)", R"("multivalued": true)"));
}

TEST_CASE("a schema as it is read shows what exposes") {
  CHECK(exposes(R"("Add, Update, Delete")", R"("Add,Update")"));
  CHECK(exposes(R"("sourceObjectName": "Profile")", R"("sourceObjectName": "Role")"));
}
