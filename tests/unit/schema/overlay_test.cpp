#include "syncwright/schema/overlay.h"

#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

/// Lays it over the sample, twice: the second time nothing may change.
std::string result_text(const Customization& customization) {
  const auto once = laid_over(sample(), customization);
  CHECK(laid_over(once, customization).text() == once.text());
  return once.text();
}

}  // namespace

TEST_CASE("the guide's example: a new attribute and a mapping to it") {
  Customization customization = wish("User", {mapping("officeCode", "[extensionAttribute10]")});
  AttributeDefinitionRequest definition = attribute("salesforce.com", "User", "officeCode");
  definition.type = "String";
  customization.attributes.push_back(definition);

  std::string expected = replaced(sample_text(), R"("x-colour": "blue"})",
                                  R"("x-colour": "blue"},
            {"anchor":false,"apiExpressions":[],"caseExact":false,"defaultValue":null,"flowNullValues":false,"metadata":[],"multivalued":false,"mutability":"ReadWrite","name":"officeCode","referencedObjects":[],"required":false,"type":"String"})");
  expected = replaced(expected, R"("defaultValue": "en_US"})",
                      R"("defaultValue": "en_US"},
            {"defaultValue":null,"exportMissingReferences":false,"flowBehavior":"FlowWhenChanged","flowType":"Always","matchingPriority":0,"source":{"expression":"[extensionAttribute10]","name":"extensionAttribute10","parameters":[],"type":"Attribute"},"targetAttributeName":"officeCode"})");
  CHECK(result_text(customization) == expected);
  CHECK(changes(sample(), decoded(expected)) ==
        "salesforce.com/User.officeCode: null => {\"type\":\"String\"}\n"
        "USER_OUTBOUND_USER/User->User/officeCode: null => "
        "{\"expression\":\"[extensionAttribute10]\"}\n");
}

TEST_CASE("what already means the same is not touched") {
  Customization customization = wish("User", {mapping("Username", "[userPrincipalName]")});
  AttributeMappingRequest& username = customization.mappings[0].attributes[0];
  username.matching_priority = 1;
  username.flow_type = "Always";
  username.flow_behavior = "FlowWhenChanged";
  username.default_value_absent = true;
  AttributeMappingRequest locale;
  locale.target_attribute_name = "LocaleKey";
  locale.source = MappingSource{};
  locale.default_value = "en_US";
  customization.mappings[0].attributes.push_back(locale);
  customization.mappings[0].attributes.push_back(absent_mapping("Fax"));
  customization.mappings[0].enabled = true;
  customization.mappings[0].flow_types = {"Delete", "Add", "Update"};
  customization.mappings[0].scoping_filter = ScopingFilterRequest{true, {}};
  customization.attributes = {attribute("Microsoft Entra ID", "User", "mail")};
  customization.attributes[0].type = "String";
  customization.attributes[0].case_exact = false;
  customization.attributes[0].anchor = false;
  CHECK(result_text(customization) == sample_text());
}

TEST_CASE("an empty customization changes no byte") {
  CHECK(result_text({}) == sample_text());
  CHECK(result_text(wish("User")) == sample_text());
}

TEST_CASE("of an existing mapping only the members that differ are replaced") {
  Customization customization = wish("User", {mapping("Username", R"(ToLower([mail]))")});
  customization.mappings[0].attributes[0].matching_priority = 2;
  customization.mappings[0].attributes[0].flow_type = "ObjectAddOnly";
  std::string expected = replaced(sample_text(), R"("matchingPriority": 1,
              "targetAttributeName": "Username")",
                                  R"("matchingPriority": 2,
              "targetAttributeName": "Username")");
  expected = replaced(
      expected,
      R"({"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []})",
      R"~({"expression":"ToLower([mail], )","name":"ToLower","parameters":[{"key":"source","value":{"expression":"[mail]","name":"mail","parameters":[],"type":"Attribute"}}],"type":"Function"})~");
  expected = replaced(expected, R"("x-note": "kept")", R"("x-note": "kept",
              "flowType": "ObjectAddOnly")");
  CHECK(result_text(customization) == expected);
}

TEST_CASE("an edit of the rules shares the directories, which are most of a document") {
  const auto base = sample();
  const auto mapped = laid_over(base, wish("User", {mapping("Username", "[mail]")}));
  CHECK(mapped.text() != base.text());
  CHECK(&mapped.directories() == &base.directories());

  Customization definition;
  definition.attributes = {attribute("salesforce.com", "User", "officeCode")};
  definition.attributes[0].type = "String";
  CHECK(&laid_over(base, definition).directories() != &base.directories());
}

TEST_CASE("a mapping is removed with its comma, wherever it stands") {
  const std::string first = R"({
              "matchingPriority": 1,
              "targetAttributeName": "Username",
              "source": {"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []},
              "x-note": "kept"
            },
            )";
  const std::string last =
      R"(,
            {"targetAttributeName": "LocaleKey", "source": null, "defaultValue": "en_US"})";
  CHECK(result_text(wish("User", {absent_mapping("LocaleKey")})) ==
        replaced(sample_text(), last, ""));
  Customization both = wish("User", {absent_mapping("Username"), absent_mapping("LocaleKey")});
  both.mappings[0].attributes.push_back(mapping("CompanyName", "[company]"));
  both.mappings[0].attributes[2].matching_priority = 1;
  const std::string expected = replaced(replaced(replaced(sample_text(), first, ""), last, ""),
                                        R"("source": {"name": "company", "type": "Attribute"})",
                                        R"("source": {"name": "company", "type": "Attribute"},
              "matchingPriority": 1)");
  CHECK(result_text(both) == expected);
}

TEST_CASE("exact removes the mappings that are not named, in the named object mapping only") {
  Customization customization = wish("User", {mapping("Username", "[userPrincipalName]")});
  customization.mode = Customization::Mode::exact;
  const auto result = laid_over(sample(), customization);
  CHECK(changes(sample(), result) ==
        "USER_OUTBOUND_USER/User->User/CompanyName: "
        "{\"defaultValue\":\"\",\"expression\":\"[company]\"} => null\n"
        "USER_OUTBOUND_USER/User->User/LocaleKey: "
        "{\"defaultValue\":\"en_US\",\"source\":\"none\"} => null\n");
  CHECK(laid_over(result, customization).text() == result.text());
}

TEST_CASE("every mapping of a list may be replaced by another") {
  Customization customization = wish("Group", {mapping("DisplayName", "[displayName]")});
  customization.mappings[0].attributes[0].matching_priority = 1;
  customization.mode = Customization::Mode::exact;
  CHECK(changes(sample(), laid_over(sample(), customization)) ==
        "USER_OUTBOUND_USER/Group->Group/DisplayName: null => "
        "{\"expression\":\"[displayName]\",\"matchingPriority\":1}\n"
        "USER_OUTBOUND_USER/Group->Group/Name: "
        "{\"expression\":\"[displayName]\",\"matchingPriority\":1} => null\n");
}

TEST_CASE("settings of an object mapping are written where they are, or behind the rest") {
  Customization customization = wish("User");
  customization.mappings[0].enabled = false;
  customization.mappings[0].flow_types = {"Update", "Add"};
  std::string expected = replaced(sample_text(), R"("enabled": true)", R"("enabled": false)");
  expected = replaced(expected, R"("Add, Update, Delete")", R"("Add,Update")");
  CHECK(result_text(customization) == expected);

  customization = wish("Group");
  customization.mappings[0].enabled = false;
  customization.mappings[0].flow_types = std::vector<std::string>{};
  const std::string name_mapping =
      R"("source": {"name": "displayName", "type": "Attribute"}}
          ])";
  CHECK(result_text(customization) == replaced(sample_text(), name_mapping, name_mapping + R"(,
          "enabled": false,
          "flowTypes": "None")"));
}

TEST_CASE("lists that are null, empty or absent are filled") {
  AttributeDefinitionRequest definition =
      attribute("target", "Group", "Name", "USER_OUTBOUND_USER");
  definition.required = true;
  CHECK(changes(sample(), laid_over(sample(), define(definition))) ==
        "salesforce.com/Group.Name: null => {\"required\":true,\"type\":\"String\"}\n");
  Customization customization = wish("Profile", {mapping("value", "[Id]")});
  CHECK(changes(sample(), laid_over(sample(), customization)) ==
        "ROLE_INBOUND/Profile->AppRole/value: null => {\"expression\":\"[Id]\"}\n");
  const auto bare = decoded(
      R"({"synchronizationRules":[{"name":"R","objectMappings":[{"sourceObjectName":"User"}]}]})");
  CHECK(laid_over(bare, wish("User", {mapping("a", "\"x\"")})).text() ==
        R"({"synchronizationRules":[{"name":"R","objectMappings":[{"sourceObjectName":"User",)"
        R"("attributeMappings":[{"defaultValue":null,"exportMissingReferences":false,)"
        R"("flowBehavior":"FlowWhenChanged","flowType":"Always","matchingPriority":0,)"
        R"("source":{"expression":"\"x\"","name":"x","parameters":[],"type":"Constant"},)"
        R"("targetAttributeName":"a"}]}]}]})");
}

TEST_CASE("a definition is changed and removed; a rule names its directories") {
  AttributeDefinitionRequest definition = attribute("source", "User", "mail", "USER_OUTBOUND_USER");
  definition.case_exact = true;
  definition.multivalued = true;
  CHECK(result_text(define(definition)) ==
        replaced(sample_text(), R"("caseExact": false, "metadata": []})",
                 R"("caseExact": true, "metadata": [], "multivalued": true})"));
  definition = attribute("source", "User", "accountEnabled", "USER_OUTBOUND_USER");
  definition.absent = true;
  CHECK(result_text(define(definition)) == replaced(sample_text(), R"(,
            {"name": "accountEnabled", "type": "Boolean", "required": true})",
                                                    ""));
}

TEST_CASE("null and the empty default value are different") {
  Customization customization = wish("User");
  AttributeMappingRequest company;
  company.target_attribute_name = "CompanyName";
  company.default_value_absent = true;
  customization.mappings[0].attributes = {company};
  CHECK(result_text(customization) ==
        replaced(sample_text(), R"("defaultValue": "")", R"("defaultValue": null)"));
}

TEST_CASE("a later request for the same entry replaces the earlier one whole") {
  Customization customization = wish("User", {mapping("CompanyName", "[mail]")});
  customization.mappings[0].attributes[0].flow_type = "ObjectAddOnly";
  customization.mappings.push_back(
      wish("User", {mapping("CompanyName", "\"Contoso\"")}).mappings[0]);
  customization.mappings[1].rule = "USER_OUTBOUND_USER";
  CHECK(changes(sample(), laid_over(sample(), customization)) ==
        "USER_OUTBOUND_USER/User->User/CompanyName: "
        "{\"defaultValue\":\"\",\"expression\":\"[company]\"} => "
        "{\"constant\":\"Contoso\",\"defaultValue\":\"\"}\n");
}

TEST_CASE("a definition for a mapping's target goes to the directory of that mapping's rule") {
  const auto schema = decoded(
      R"({"directories":[{"id":"1","name":"A","objects":[{"name":"Account","attributes":[]}]},)"
      R"({"id":"2","name":"target","objects":[{"name":"Contact","attributes":[]}]}],)"
      R"("synchronizationRules":[{"name":"Same","targetDirectoryName":"A","objectMappings":[)"
      R"({"sourceObjectName":"User","targetObjectName":"Account"}]},)"
      R"({"name":"Same","targetDirectoryName":"target","objectMappings":[)"
      R"({"sourceObjectName":"Person","targetObjectName":"Contact"}]}]})");
  AttributeDefinitionRequest request;
  request.directory = "target";
  request.target_of = "Person";
  request.rule = "Same";
  request.name = "nick";
  Customization customization;
  customization.attributes.push_back(request);
  const auto result = overlay(schema, customization);
  REQUIRE(result.has_value());
  CHECK(result->directories()[0].objects[0].attributes().empty());
  REQUIRE(result->directories()[1].objects[0].attributes().size() == 1);
  CHECK(result->directories()[1].objects[0].attributes()[0].name == "nick");
}
