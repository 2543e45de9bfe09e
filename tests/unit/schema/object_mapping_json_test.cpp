#include <doctest/doctest.h>

#include "syncwright/expression/parser.h"
#include "syncwright/schema/customization.h"

using namespace syncwright;
using namespace syncwright::schema;

TEST_CASE("a manifest's mapping alone becomes Graph's objectMapping") {
  ObjectMappingRequest request;
  request.object = "User";
  request.flow_types = {"Add", "Update"};
  request.scoping_filter = ScopingFilterRequest{
      false, {FilterGroup{"", {FilterClause{"department", "EQUALS", {"Sales"}}}}}};
  AttributeMappingRequest name;
  name.target_attribute_name = "Username";
  name.source = MappingSource{*expression::parse_expression("[userPrincipalName]")};
  name.matching_priority = 1;
  AttributeMappingRequest locale;
  locale.target_attribute_name = "Locale";
  locale.source = MappingSource{MappingSource::None{}};
  locale.default_value = "en_US";
  locale.flow_type = "ObjectAddOnly";
  AttributeMappingRequest absent;
  absent.target_attribute_name = "Fax";
  absent.absent = true;
  AttributeMappingRequest sourceless;
  sourceless.target_attribute_name = "Title";
  sourceless.flow_behavior = "FlowAlways";
  request.attributes = {name, locale, absent, sourceless};

  const Json json = to_object_mapping(request);
  CHECK(json["sourceObjectName"] == "User");
  CHECK(json["targetObjectName"] == "User");
  CHECK(json["enabled"] == true);
  CHECK(json["flowTypes"] == "Add, Update");
  const Json& clause = json["scope"]["groups"][0]["clauses"][0];
  CHECK(clause["sourceOperandName"] == "department");
  CHECK(clause["operatorName"] == "EQUALS");
  CHECK(clause["targetOperand"]["values"] == Json{"Sales"});
  const Json& mappings = json["attributeMappings"];
  REQUIRE(mappings.size() == 2);
  CHECK(mappings[0]["source"]["expression"] == "[userPrincipalName]");
  CHECK(mappings[0]["matchingPriority"] == 1);
  CHECK(mappings[0]["flowType"] == "Always");
  CHECK(mappings[1] == Json{{"targetAttributeName", "Locale"},
                            {"source", nullptr},
                            {"matchingPriority", 0},
                            {"flowType", "ObjectAddOnly"},
                            {"flowBehavior", "FlowWhenChanged"},
                            {"defaultValue", "en_US"}});
}

TEST_CASE("what the manifest leaves out has Graph's default") {
  ObjectMappingRequest request;
  request.object = "User";
  request.target = "Account";
  const Json json = to_object_mapping(request);
  CHECK(json["targetObjectName"] == "Account");
  CHECK(json["flowTypes"] == "Add, Update, Delete");
  CHECK(json["scope"].is_null());
  CHECK(json["attributeMappings"] == Json::array());
}
