#include "syncwright/schema/customization_of.h"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <set>

#include "unit/schema/random_schema.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

using Remarks = std::vector<std::string>;

/// What has to be said for the sample to become the sample with the replacement.
ExtractedCustomization extracted(std::string_view passage, std::string_view by) {
  return customization_of(sample(), decoded(replaced(sample_text(), passage, by)));
}

/// `extracted` without remarks: its JSON. Checks that it does what it is for.
Json said(const SynchronizationSchema& standard, const SynchronizationSchema& live) {
  const ExtractedCustomization result = customization_of(standard, live);
  CHECK(result.remarks == Remarks{});
  CHECK_FALSE(result.needs_document);
  CHECK(changes(laid_over(standard, result.customization), live) == "");
  CHECK(laid_over(live, result.customization).text() == live.text());
  return to_json(result.customization);
}

Json said(std::string_view passage, std::string_view by) {
  return said(sample(), decoded(replaced(sample_text(), passage, by)));
}

Json mapping_words(Json attributes) {
  return {{"mode", "merge"},
          {"attributes", Json::array()},
          {"mappings", {{{"object", "User"}, {"attributes", std::move(attributes)}}}}};
}

/// What is left to say, where the rest is asserted to be nothing.
Remarks remarks_alone(const ExtractedCustomization& result) {
  CHECK(result.customization.attributes.empty());
  CHECK(result.customization.mappings.empty());
  CHECK(result.needs_document);
  return result.remarks;
}

/// "RULE/SOURCE->TARGET" of the path of anything in an object mapping.
std::string object_mapping_of(const std::string& path) {
  return path.substr(0, path.find_first_of("/:", path.find("->")));
}

const std::string company_source = R"("source": {"name": "company", "type": "Attribute"})";

}  // namespace

TEST_CASE("of the standard schema there is nothing to say") {
  const Json nothing = {
      {"mode", "merge"}, {"attributes", Json::array()}, {"mappings", Json::array()}};
  CHECK(said(sample(), sample()) == nothing);
  CHECK(said(sample(), decoded(Json::parse(sample_text()).dump())) == nothing);
}

TEST_CASE("attribute definitions come sorted, with the members that differ") {
  const auto live = decoded(
      replaced(replaced(sample_text(), R"({"anchor": true, "name": "Id", "type": "String"},)",
                        R"({"name": "officeCode", "caseExact": true, "mutability": "ReadOnly",
                   "defaultValue": ""}, {"name": "Zone"},)"),
               R"("type": "Boolean", "required": true)",
               R"("type": "Integer", "multivalued": true, "flowNullValues": true)"));
  CHECK(said(sample(), live) == Json::parse(R"({"mode": "merge", "mappings": [], "attributes": [
          {"directory": "Azure Active Directory", "object": "User", "name": "accountEnabled",
           "type": "Integer", "multivalued": true, "required": false, "flowNullValues": true},
          {"directory": "salesforce.com", "object": "User", "name": "Id", "absent": true},
          {"directory": "salesforce.com", "object": "User", "name": "Zone", "type": "String"},
          {"directory": "salesforce.com", "object": "User", "name": "officeCode", "type": "String",
           "caseExact": true, "mutability": "ReadOnly", "defaultValue": ""}]})"));
}

TEST_CASE("attribute mappings come sorted, with the members that differ") {
  const std::string text = replaced(
      replaced(replaced(sample_text(), "\"matchingPriority\": 1,\n",
                        "\"matchingPriority\": 2, \"flowBehavior\": \"FlowAlways\","),
               R"(              "defaultValue": "",)",
               R"(              "flowType": "ObjectAddOnly",)"),
      R"({"targetAttributeName": "LocaleKey", "source": null, "defaultValue": "en_US"})",
      R"({"targetAttributeName": "officeCode", "source": {"type": "Function", "name": "Left",
          "parameters": [{"key": "source", "value": {"name": "a", "type": "Attribute"}},
                         {"key": "numChars", "value": {"name": "8", "type": "Constant"}}]}},
         {"targetAttributeName": "Alias", "defaultValue": "x", "matchingPriority": 3})");
  CHECK(said(sample(), decoded(text)) == mapping_words(Json::parse(R"json([
    {"target": "Alias", "source": "none", "defaultValue": "x", "matchingPriority": 3},
    {"target": "CompanyName", "flowType": "ObjectAddOnly", "defaultValue": {"absent": true}},
    {"target": "LocaleKey", "absent": true},
    {"target": "Username", "matchingPriority": 2, "flowBehavior": "FlowAlways"},
    {"target": "officeCode", "expression": "Left([a], 8)"
}])json")));
}

TEST_CASE("a source is said where it means something else") {
  CHECK(said(company_source, R"("source": {"name": "Contoso", "type": "Constant"})") ==
        mapping_words({{{"target", "CompanyName"}, {"constant", "Contoso"}}}));
  CHECK(said(company_source, R"("source": {"name": "mail", "type": "Attribute"})") ==
        mapping_words({{{"target", "CompanyName"}, {"expression", "[mail]"}}}));
  CHECK(said(company_source, R"("source": null)") ==
        mapping_words({{{"target", "CompanyName"}, {"source", "none"}}}));
}

TEST_CASE("settings of an object mapping") {
  const std::string clause = R"({"sourceOperandName": "department", "operatorName": "EQUALS",
                                 "targetOperand": {"values": ["Sales"]}})";
  const std::string filtered =
      replaced(sample_text(), "\"scope\": null",
               R"("scope": {"groups": [{"name": "one", "clauses": [)" + clause + "]}]}");
  const std::string switched =
      replaced(replaced(filtered, R"("enabled": true)", R"("enabled": false)"),
               R"("flowTypes": "Add, Update, Delete")", R"("flowTypes": "Update,Add")");
  Json expected = mapping_words(Json::array());
  Json& mapping = expected["mappings"][0];
  mapping["enabled"] = false;
  mapping["flowTypes"] = {"Add", "Update"};
  mapping["scopingFilter"] = Json::parse(R"({"any": [{"name": "one", "all": [
      {"attribute": "department", "operator": "EQUALS", "values": ["Sales"]}]}]})");
  CHECK(said(sample(), decoded(switched)) == expected);
  expected["mappings"][0] = {
      {"object", "User"}, {"attributes", Json::array()}, {"scopingFilter", {{"absent", true}}}};
  CHECK(said(decoded(filtered), sample()) == expected);
}

TEST_CASE("a mapping has as few names as tell it apart") {
  const auto names = [](const Json& standard, Json live) {
    live["synchronizationRules"][0]["objectMappings"][0]["enabled"] = false;
    const Json words = said(decoded(standard.dump()), decoded(live.dump()));
    Json request = words["mappings"].at(0);
    request.erase("attributes");
    request.erase("enabled");
    return request;
  };
  Json document = Json::parse(sample_text());
  CHECK(names(document, document) == Json{{"object", "User"}});
  Json two_targets = document;
  two_targets["synchronizationRules"][0]["objectMappings"].push_back(
      {{"sourceObjectName", "User"}, {"targetObjectName", "Contact"}});
  CHECK(names(two_targets, two_targets) == Json{{"object", "User"}, {"target", "User"}});
  Json two_rules = document;
  two_rules["synchronizationRules"][1]["objectMappings"].push_back(
      {{"sourceObjectName", "User"}, {"targetObjectName", "User"}});
  CHECK(names(two_rules, two_rules) == Json{{"object", "User"}, {"rule", "USER_OUTBOUND_USER"}});
  Json renamed = two_rules;
  renamed["synchronizationRules"][0]["name"] = "Other";
  CHECK(names(two_rules, renamed) ==
        Json{{"object", "User"}, {"rule", "e2960b8f-0000-4c3a-a5e8-61b70c9f2d38"}});
}

TEST_CASE("a directory of the other brand name is the same one") {
  std::string text = sample_text();
  for (std::size_t at; (at = text.find("Azure Active Directory")) != std::string::npos;) {
    text.replace(at, 22, "Microsoft Entra ID");
  }
  const auto live = decoded(replaced(text, R"("caseExact": false)", R"("caseExact": true)"));
  CHECK(said(sample(), live)["attributes"] ==
        Json::parse(R"([{"directory": "Microsoft Entra ID", "object": "User", "name": "mail",
                         "caseExact": true}])"));
}

TEST_CASE("parts that came or went are for a document") {
  Json live = Json::parse(sample_text());
  live["directories"][1]["objects"].push_back({{"name", "Lead"}});
  live["directories"][1]["objects"].erase(1);
  live["synchronizationRules"][0]["objectMappings"].push_back(
      {{"sourceObjectName", "Device"}, {"targetObjectName", "Asset"}});
  live["synchronizationRules"].erase(1);
  live["synchronizationRules"][0]["groupFilter"] = {{"includedGroups", {"g"}}};
  CHECK(remarks_alone(customization_of(sample(), decoded(live.dump()))) ==
        Remarks{"`salesforce.com/Lead` is not in the standard schema",
                "`salesforce.com/Group` of the standard schema is missing",
                "`USER_OUTBOUND_USER:groupFilter` is not in the standard schema",
                "`USER_OUTBOUND_USER/Device->Asset` is not in the standard schema",
                "`ROLE_INBOUND` of the standard schema is missing"});
}

TEST_CASE("members that no manifest has are for a document, the rest is said") {
  const auto definition = extracted(
      R"("type": "String", "x-colour")",
      R"("type": "Integer", "metadata": [{"key": "MaximumLength", "value": "8"}], "x-colour")");
  CHECK(definition.remarks ==
        Remarks{"`salesforce.com/User.Username` differs from the standard schema in metadata"});
  REQUIRE(definition.customization.attributes.size() == 1);
  CHECK(definition.customization.attributes[0].type == "Integer");

  const auto default_value = customization_of(
      decoded(replaced(sample_text(), "\"x-colour\"", "\"defaultValue\": \"a\", \"x-colour\"")),
      sample());
  CHECK(remarks_alone(default_value) ==
        Remarks{"`salesforce.com/User.Username` differs from the standard schema in defaultValue"});

  const auto filter = extracted("\"scope\": null", R"("scope": {"inputFilterGroups": [
      {"name": "a", "clauses": []}]})");
  CHECK(remarks_alone(filter) ==
        Remarks{"`USER_OUTBOUND_USER/User->User:inputFilterGroups` is not in the standard schema"});
}

TEST_CASE("values that a manifest would refuse are for a document") {
  const Remarks company = {
      "`USER_OUTBOUND_USER/User->User/CompanyName` differs from the standard schema in "};
  const auto check = [&](std::string_view by, const std::string& members) {
    CAPTURE(by);
    CHECK(remarks_alone(extracted(company_source, by)) == Remarks{company[0] + members});
  };
  check(R"("source": {"name": "x", "type": "Lambda"})", "expression, sourceTree");
  check(R"("source": {"name": "IgnoreAttributeFlow", "expression": "IgnoreAttributeFlow",
                      "type": "Constant"})",
        "expression");
  check(company_source + R"(, "flowType": "Sometimes")", "flowType");
  check(company_source + R"(, "matchingPriority": -1)", "matchingPriority");
  CHECK(remarks_alone(
            extracted("\"flowTypes\": \"Add, Update, Delete\"", "\"flowTypes\": \"Add,Rename\"")) ==
        Remarks{"`USER_OUTBOUND_USER/User->User:flowTypes` differs from the standard schema"});
}

TEST_CASE("a clause has an operator that manifests know, with as many values") {
  const auto remarks = [](std::string_view name, std::string_view operand) {
    const auto result = extracted(
        "\"scope\": null",
        fmt::format(R"("scope": {{"groups": [{{"name": "", "clauses": [{{"sourceOperandName": "a",
                        "operatorName": "{}", "targetOperand": {}}}]}}]}})",
                    name, operand));
    CHECK(result.customization.mappings.empty() == result.needs_document);
    return result.remarks.size();
  };
  CHECK(remarks("EQUALS", R"({"values": ["x"]})") == 0);
  CHECK(remarks("EQUALS", R"({"values": ["x", "y"]})") == 1);
  CHECK(remarks("EQUALS", "null") == 1);
  CHECK(remarks("IS NULL", R"({"values": []})") == 0);
  CHECK(remarks("IS NULL", R"({"values": ["x"]})") == 1);
  CHECK(remarks("&", R"({"values": ["4"]})") == 0);
  CHECK(remarks("&", R"({"values": ["four"]})") == 1);
  CHECK(remarks("IsMemberOf", R"({"values": ["g"]})") == 1);
}

TEST_CASE("what a request could not name is for a document") {
  Json live = Json::parse(sample_text());
  live["directories"][1]["objects"][3]["attributes"].push_back({{"name", "a"}});
  live["directories"][0]["objects"][0]["attributes"].push_back({{"name", "mail"}});
  Json& mappings = live["synchronizationRules"][0]["objectMappings"][0]["attributeMappings"];
  mappings.push_back(mappings[1]);
  CHECK(remarks_alone(customization_of(sample(), decoded(live.dump()))) ==
        Remarks{"`Azure Active Directory/User.mail#2` is not in the standard schema",
                "`salesforce.com/Twin#2.a` is not in the standard schema",
                "`USER_OUTBOUND_USER/User->User/CompanyName#2` is not in the standard schema"});
}

TEST_CASE("one mapping that no overlay would take does not spoil the others") {
  const std::string text =
      replaced(sample_text(), "\"matchingPriority\": 1,\n", "\"matchingPriority\": 0,\n");
  const auto result = customization_of(
      sample(), decoded(replaced(text, "\"name\": \"displayName\"", "\"name\": \"mail\"")));
  CHECK(result.remarks == Remarks{"`USER_OUTBOUND_USER/User->User/Username` differs from the "
                                  "standard schema in matchingPriority"});
  REQUIRE(result.customization.mappings.size() == 1);
  CHECK(result.customization.mappings[0].object == "Group");
}

TEST_CASE("property: what was asked for can be told again") {
  int laid = 0;
  CHECK(rc::check("customization_of(overlay)", [&laid](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(false);
    const auto standard = decoded(random.text(document));
    const auto live = overlay(standard, random.customization(document));
    if (!live) return;
    ++laid;
    const auto result = customization_of(standard, *live);
    const auto again = overlay(standard, result.customization);
    RC_ASSERT(again.has_value());
    // Of all that the generator asks for, parts without a name alone cannot be said; where such a
    // mapping is the only matching one, nothing of the object mapping can.
    std::set<std::string> nameless;
    const auto changes = diff(*again, *live);
    for (const FieldChange& change : changes) {
      if (change.path.text().ends_with('/')) nameless.insert(object_mapping_of(change.path));
    }
    for (const FieldChange& change : changes) {
      RC_ASSERT(change.path.text().ends_with('.') ||
                nameless.contains(object_mapping_of(change.path)));
    }
    RC_ASSERT(overlay(*live, result.customization)->text() == live->text());
  }));
  CHECK(laid > 20);
}

TEST_CASE("property: one random schema is told out of another, and the remarks are the rest") {
  std::size_t requests = 0;
  CHECK(rc::check("customization_of", [&requests](std::uint32_t seed) {
    RandomSchema random(seed);
    const auto standard = decoded(random.text(random.document(true)));
    const auto live = decoded(random.text(random.document(true)));
    const auto result = customization_of(standard, live);
    requests += result.customization.attributes.size() + result.customization.mappings.size();
    const auto laid = overlay(standard, result.customization);
    RC_ASSERT(laid.has_value());
    RC_ASSERT(diff(*laid, live).size() == result.remarks.size());
    RC_ASSERT(result.needs_document == !result.remarks.empty());
    RC_ASSERT(overlay(live, result.customization)->text() == live.text());
  }));
  CHECK(requests > 100);
}

TEST_CASE("property: the same meaning in other words needs no customization") {
  CHECK(rc::check("customization_of(reordered)", [](std::uint32_t seed) {
    RandomSchema random(seed);
    const Json document = random.document(false);
    const auto result = customization_of(decoded(random.text(document)),
                                         decoded(random.text(random.reordered(document))));
    RC_ASSERT(result.customization.attributes.empty());
    RC_ASSERT(result.customization.mappings.empty());
    RC_ASSERT(result.remarks.empty());
  }));
}
