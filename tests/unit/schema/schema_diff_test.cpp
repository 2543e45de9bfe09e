#include "syncwright/schema/schema_diff.h"

#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

std::string changes_by(std::string_view passage, std::string_view by) {
  return changes(sample(), decoded(replaced(sample_text(), passage, by)));
}

constexpr std::string_view username_source =
    R"({"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []})";

}  // namespace

TEST_CASE("what the service sets by itself is no difference") {
  CHECK(changes_by(R"("version": "v1.2")", R"("version": "Date:now")").empty());
  CHECK(changes_by(R"("id": "Salesforce.4711")", R"("id": "other")").empty());
  CHECK(changes_by(R"("name": "Users")", R"("name": "Provision Users", "metadata": [1])").empty());
  CHECK(changes_by(R"("supportedApis": [ "User" ])", R"("supportedApis": [])").empty());
  CHECK(changes_by(R"("x-note": "kept")", R"("exportMissingReferences": true)").empty());
}

TEST_CASE("defaults, null, [] and absence mean the same") {
  CHECK(changes_by(R"("caseExact": false, "metadata": [])",
                   R"("apiExpressions": null, "mutability": "ReadWrite")")
            .empty());
  CHECK(changes_by(R"("x-colour": "blue")",
                   R"("referencedObjects": [], "flowNullValues": false, "anchor": null)")
            .empty());
  CHECK(changes_by(R"("x-note": "kept")", R"("flowType": "Always", "defaultValue": null)").empty());
  CHECK(changes_by(R"("enabled": true)", R"("enabled": null)").empty());
  CHECK(changes_by(R"("Add, Update, Delete")", R"("Delete,Add,Update")").empty());
  CHECK(changes_by(R"("flowTypes": "Add, Update, Delete",)", "").empty());
  CHECK(changes_by(R"("source": null, )", "").empty());
}

TEST_CASE("sources are equal by meaning") {
  CHECK(changes_by(username_source, R"({"name": "userPrincipalName"})").empty());
  CHECK(changes_by(username_source, R"({"expression": "[ userPrincipalName ]"})").empty());
  const auto left = decoded(
      replaced(sample_text(), username_source,
               R"~({"name": "Left", "type": "Function", "expression": "Left([a],8)", "parameters": [
        {"key": "source", "value": {"name": "a", "type": "Attribute"}},
        {"key": "length", "value": {"name": "8", "type": "Constant", "expression": "\"8\""}}]})~"));
  const Customization quoted = wish("User", {mapping("Username", R"(Left( [a],  "8" ))")});
  CHECK(laid_over(left, quoted).text() == left.text());
  const Customization bare = wish("User", {mapping("Username", "Left([a],8)")});
  CHECK(laid_over(left, bare).text() == left.text());
}

TEST_CASE("the brand of a directory is no difference") {
  std::string text = sample_text();
  for (std::size_t at = 0; (at = text.find("Azure Active Directory")) != std::string::npos;) {
    text.replace(at, 22, "Microsoft Entra ID");
  }
  CHECK(changes(sample(), decoded(text)).empty());
  CHECK(changes(sample(), decoded(replaced(text, R"("type": "Boolean")", R"("type": "String")"))) ==
        "Microsoft Entra ID/User.accountEnabled: {\"required\":true,\"type\":\"Boolean\"} => "
        "{\"required\":true,\"type\":\"String\"}\n");
}

TEST_CASE("each kind of difference has its path") {
  CHECK(changes_by(username_source, R"({"name": "mail"})") ==
        "USER_OUTBOUND_USER/User->User/Username: "
        "{\"expression\":\"[userPrincipalName]\",\"matchingPriority\":1} => "
        "{\"expression\":\"[mail]\",\"matchingPriority\":1}\n");
  CHECK(changes_by(R"("enabled": true)", R"("enabled": false)") ==
        "USER_OUTBOUND_USER/User->User:enabled: true => false\n");
  CHECK(changes_by(R"("Add, Update, Delete")", R"("Update,Add,Extra")") ==
        "USER_OUTBOUND_USER/User->User:flowTypes: [\"Add\",\"Update\",\"Delete\"] => "
        "[\"Add\",\"Update\",\"Extra\"]\n");
  CHECK(changes_by(R"("name": "USER_OUTBOUND_USER",)",
                   R"("containerFilter": {"includedContainers": ["b", "a"]},
                      "groupFilter": {"includedGroups": []},)") ==
        "e2960b8f-0000-4c3a-a5e8-61b70c9f2d38:containerFilter: null => "
        "{\"includedContainers\":[\"a\",\"b\"]}\n");
  CHECK(changes_by(R"("name": "Group", "attributes": null)", R"("name": "Person")") ==
        "salesforce.com/Person: null => {\"attributes\":[]}\n"
        "salesforce.com/Group: {\"attributes\":[]} => null\n");
  CHECK(changes_by(R"("sourceObjectName": "Profile")", R"("sourceObjectName": "Role")") ==
        "ROLE_INBOUND/Role->AppRole: null => {\"attributeMappings\":[],\"enabled\":true}\n"
        "ROLE_INBOUND/Profile->AppRole: {\"attributeMappings\":[],\"enabled\":true} => null\n");
  CHECK(changes_by(R"("source": null)", R"("source": {"type": "Odd", "name": "x"})") ==
        "USER_OUTBOUND_USER/User->User/LocaleKey: {\"defaultValue\":\"en_US\",\"source\":\"none\"} "
        "=> {\"defaultValue\":\"en_US\",\"sourceTree\":{\"name\":\"x\",\"type\":\"Odd\"}}\n");
}

TEST_CASE("parts of one name are told apart by their order") {
  const auto after = decoded(replaced(sample_text(), R"({"name": "Twin", "attributes": []}
)",
                                      R"({"name": "Twin", "attributes": [{"name": "a"}]}
)"));
  CHECK(changes(sample(), after) == "salesforce.com/Twin#2.a: null => {\"type\":\"String\"}\n");
}

TEST_CASE("rules are the same by id, else by name, else by their directories") {
  CHECK(changes_by(R"("name": "ROLE_INBOUND")", R"("name": "RENAMED")").empty());
  CHECK(changes_by("c220a780-0000-462f-9d93-87a52e81c90e", "other").empty());
  CHECK(changes_by(R"("id": "c220a780-0000-462f-9d93-87a52e81c90e",
      "name": "ROLE_INBOUND",)",
                   R"("id": "other", "name": "RENAMED",)")
            .empty());
  const auto without = decoded(R"({"synchronizationRules": []})");
  const auto with =
      decoded(R"({"synchronizationRules": [{"id": "1", "name": "A", "objectMappings": [
      {"sourceObjectName": "s", "targetObjectName": "t"}]}, {"id": "2", "name": "B"}]})");
  CHECK(changes(without, with) ==
        "A: null => {\"objectMappings\":[\"s->t\"]}\nB: null => {\"objectMappings\":[]}\n");
  const auto one = decoded(R"({"synchronizationRules": [{"id": "1", "name": "A", "objectMappings": [
      {"sourceObjectName": "s", "targetObjectName": "t"}]}]})");
  CHECK(changes(with, one) == "B: {\"objectMappings\":[]} => null\n");
  CHECK(changes(decoded(R"({"directories": [{"name": "d"}]})"), decoded("{}")) ==
        "d: {\"objects\":[]} => null\n");
}

TEST_CASE("metadata that holds JSON is compared as JSON") {
  const auto with = [](std::string_view value) {
    return decoded(
        replaced(sample_text(), R"("metadata": [])",
                 R"("metadata": [{"key": "k", "value": ")" + std::string(value) + R"("}])"));
  };
  CHECK(changes(with(R"({\"a\":1,\"b\":2})"), with(R"({\"b\": 2, \"a\": 1})")).empty());
  CHECK_FALSE(changes(with(R"({\"a\":1})"), with(R"({\"a\":2})")).empty());
}
