#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

Customization everything() {
  Customization customization = wish("User");
  customization.mode = Customization::Mode::exact;
  AttributeDefinitionRequest definition = attribute("source", "User", "a", "R");
  definition.type = "Integer";
  definition.anchor = true;
  definition.case_exact = false;
  definition.multivalued = true;
  definition.required = false;
  definition.flow_null_values = true;
  definition.mutability = "ReadOnly";
  definition.default_value = "";
  definition.where = {"x.yaml", 1, 2, 3};
  customization.attributes = {definition, attribute("d", "o", "gone")};
  customization.attributes[1].absent = true;
  ObjectMappingRequest& object = customization.mappings[0];
  object.target = "Contact";
  object.rule = "R";
  object.enabled = false;
  object.flow_types = {"Update", "Add"};
  object.scoping_filter = ScopingFilterRequest{
      false, {{"g", {{"department", "EQUALS", {"Sales"}}, {"accountEnabled", "IS TRUE", {}}}}}};
  object.attributes = {mapping("a", R"(Join( " ",[b],"c" ))"), mapping("b", R"("x")"),
                       mapping("c", "8"), mapping("d", "%DomainFQDN%"), absent_mapping("e")};
  object.attributes[0].matching_priority = 2;
  object.attributes[0].flow_type = "ObjectAddOnly";
  object.attributes[0].flow_behavior = "FlowAlways";
  object.attributes[0].default_value = "v";
  object.attributes.emplace_back().target_attribute_name = "f";
  object.attributes.back().source = MappingSource{};
  object.attributes.back().default_value_absent = true;
  customization.mappings.push_back(wish("Group").mappings[0]);
  customization.mappings[1].scoping_filter = ScopingFilterRequest{true, {}};
  return customization;
}

}  // namespace

TEST_CASE("a customization is written whole and without positions") {
  const char* expected =
      R"~({"attributes":[{"anchor":true,"caseExact":false,"defaultValue":"","directory":"source",)~"
      R"~("flowNullValues":true,"multivalued":true,"mutability":"ReadOnly","name":"a",)~"
      R"~("object":"User","required":false,"rule":"R","type":"Integer"},{"absent":true,)~"
      R"~("directory":"d","name":"gone","object":"o"}],"mappings":[{"attributes":[)~"
      R"~({"defaultValue":"v","expression":"Join(\" \", [b], \"c\")","flowBehavior":"FlowAlways",)~"
      R"~("flowType":"ObjectAddOnly","matchingPriority":2,"target":"a"},)~"
      R"~({"constant":"x","target":"b"},{"constant":"8","target":"c"},)~"
      R"~({"expression":"%DomainFQDN%","target":"d"},{"absent":true,"target":"e"},)~"
      R"~({"defaultValue":{"absent":true},"source":"none","target":"f"}],"enabled":false,)~"
      R"~("flowTypes":["Add","Update"],"object":"User","rule":"R","scopingFilter":{"any":[{"all":[)~"
      R"~({"attribute":"department","operator":"EQUALS","values":["Sales"]},)~"
      R"~({"attribute":"accountEnabled","operator":"IS TRUE","values":[]}],"name":"g"}]},)~"
      R"~("target":"Contact"},{"attributes":[],"object":"Group","scopingFilter":{"absent":true}}],)~"
      R"~("mode":"exact"})~";
  CHECK(to_json(everything()).dump() == expected);
}

TEST_CASE("a customization is read back as it was written") {
  for (const Customization& customization : {Customization{}, everything()}) {
    const auto back = customization_from_json(to_json(customization));
    REQUIRE(back.has_value());
    CHECK(to_json(*back) == to_json(customization));
  }
  const auto back = customization_from_json(to_json(everything()));
  CHECK(back->mappings[0].attributes[0].source == everything().mappings[0].attributes[0].source);
  CHECK(back->mappings[0].scoping_filter == everything().mappings[0].scoping_filter);
  CHECK(back->mappings[0].attributes[5].default_value_absent);
}

TEST_CASE("an expression whose rendering is over the bound is kept as a tree") {
  std::string text = "Join(\"\"";
  while (text.size() < 9'990) text += ",[a]";
  const Customization customization = wish("User", {mapping("a", text + ")")});
  const auto back = customization_from_json(to_json(customization));
  REQUIRE(back.has_value());
  CHECK(back->mappings[0].attributes[0].source == customization.mappings[0].attributes[0].source);
}

TEST_CASE("JSON that no customization was written as is refused") {
  const auto fault = [](const char* text) {
    const auto result = customization_from_json(Json::parse(text));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::invalid_input);
    return result.error().message;
  };
  CHECK(fault("[]") == "a customization's `entry` is not as expected");
  CHECK(fault("{}") == "a customization's `mode` is not as expected");
  CHECK(fault(R"({"mode":"merge","attributes":{},"mappings":[]})") ==
        "a customization's `attributes` is not as expected");
  CHECK(fault(R"({"mode":"merge","attributes":[{"nmae":1}],"mappings":[]})") ==
        "a customization's `nmae` is not as expected");
  const auto mapping_fault = [&fault](const std::string& members) {
    return fault((R"({"mode":"merge","attributes":[],"mappings":[{"object":"o","attributes":[)" +
                  members + "]}]}")
                     .c_str());
  };
  CHECK(mapping_fault(R"({"target":"a","expression":"Not("})") ==
        "a customization's `expression` is not as expected");
  CHECK(mapping_fault(R"({"target":"a","expression":"[b]","constant":"c"})") ==
        "a customization's `source` is not as expected");
  CHECK(mapping_fault(R"({"target":"a","source":"some"})") ==
        "a customization's `source` is not as expected");
  CHECK(mapping_fault(R"({"target":"a","matchingPriority":"1"})") ==
        "a customization's `matchingPriority` is not as expected");
  CHECK(mapping_fault("7") == "a customization's `entry` is not as expected");
}
