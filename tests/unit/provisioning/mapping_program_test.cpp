#include "syncwright/provisioning/mapping_program.h"

#include <doctest/doctest.h>

#include "mapping_world.h"

using namespace syncwright;
using namespace syncwright::provisioning;

namespace {

using Texts = std::vector<std::string>;

Texts problems(const Json& object_mapping) {
  auto program = MappingProgram::compile(object_mapping);
  return program ? Texts{} : program.error();
}

/// "AUD" for Add, Update and Delete.
std::string operations(const Json& flow_types) {
  const MappingProgram program = compiled(mapping({}, {{"flowTypes", flow_types}}));
  return std::string(program.adds ? "A" : "") + (program.updates ? "U" : "") +
         (program.deletes ? "D" : "");
}

AttributeFlow only_flow(const Json& json) {
  return compiled(mapping({json})).flows.front();
}

}  // namespace

TEST_CASE("an attribute mapping with everything") {
  const AttributeFlow made = only_flow(flow("title", "Trim([jobTitle])",
                                            {{"flowType", "AttributeAddOnly"},
                                             {"flowBehavior", "FlowAlways"},
                                             {"matchingPriority", 2},
                                             {"defaultValue", "none"}}));
  CHECK(made.target_attribute_name == "title");
  CHECK(made.expression == "Trim([jobTitle])");
  CHECK(made.source.has_value());
  CHECK(made.flow_type == FlowType::attribute_add_only);
  CHECK(made.flow_behavior == FlowBehavior::flow_always);
  CHECK(made.matching_priority == 2);
  CHECK(made.default_value == "none");
}

TEST_CASE("an attribute mapping with next to nothing takes the server's defaults") {
  const AttributeFlow made = only_flow({{"targetAttributeName", "title"},
                                        {"source", {{"name", "jobTitle"}, {"type", "Attribute"}}}});
  CHECK(made.expression == "[jobTitle]");
  CHECK(made.flow_type == FlowType::always);
  CHECK(made.flow_behavior == FlowBehavior::flow_when_changed);
  CHECK(made.matching_priority == 0);
  CHECK_FALSE(made.default_value.has_value());
}

TEST_CASE("a source that is null or absent is the mapping type None") {
  CHECK_FALSE(only_flow(flow("locale", "", {{"defaultValue", "en"}})).source.has_value());
  CHECK_FALSE(only_flow({{"targetAttributeName", "locale"}}).source.has_value());
}

TEST_CASE("an empty default is none") {
  CHECK_FALSE(only_flow(flow("a", "[a]", {{"defaultValue", ""}})).default_value.has_value());
  CHECK_FALSE(only_flow(flow("a", "[a]", {{"defaultValue", nullptr}})).default_value.has_value());
}

TEST_CASE("only a bare attribute is a reference") {
  CHECK(only_flow(flow("manager", "[manager]")).is_reference);
  CHECK(only_flow(flow("members", "[members]")).is_reference);
  CHECK_FALSE(only_flow(flow("manager", "Trim([manager])")).is_reference);
  CHECK_FALSE(only_flow(flow("manager", "[mail]")).is_reference);
}

TEST_CASE("Redact hides an attribute wherever it stands") {
  CHECK(only_flow(flow("ssn", "Redact([ssn])")).is_redacted);
  CHECK(only_flow(flow("ssn", "Append(redact([ssn]), \"x\")")).is_redacted);
  CHECK_FALSE(only_flow(flow("ssn", "[Redact]")).is_redacted);
}

TEST_CASE("flowTypes are flags, with or without blanks") {
  CHECK(operations("Add, Update, Delete") == "AUD");
  CHECK(operations("Add,Update") == "AU");
  CHECK(operations("Delete") == "D");
  CHECK(operations("None").empty());
  CHECK(operations("").empty());
  CHECK(operations(nullptr) == "AUD");
}

TEST_CASE("matching attributes by priority, equal ones in the schema's order") {
  const MappingProgram program = compiled(mapping(
      {flow("c", "[c]", {{"matchingPriority", 2}}), flow("n", "[n]"),
       flow("a", "[a]", {{"matchingPriority", 1}}), flow("b", "[b]", {{"matchingPriority", 2}})}));
  CHECK(program.matching == std::vector<std::size_t>{2, 0, 3});
}

TEST_CASE("the activity flow reads IsSoftDeleted or accountEnabled") {
  CHECK(compiled(mapping({flow("n", "[n]"), flow("active", "Not([IsSoftDeleted])")})).activity ==
        1u);
  CHECK(compiled(mapping({flow("active", "[accountEnabled]")})).activity == 0u);
  CHECK_FALSE(compiled(mapping({flow("n", "[n]")})).activity.has_value());
}

TEST_CASE("the attributes that a run reads come from flows and all three filters") {
  const auto only = [](const char* name) {
    return Json::array({group({clause(name, "IS NOT NULL")})});
  };
  const Json scope{
      {"groups", only("z")}, {"inputFilterGroups", only("y")}, {"categoryFilterGroups", only("x")}};
  const MappingProgram program =
      compiled(mapping({flow("t", "Join(\" \", [b], [a])"), flow("u", "[a]")}, {{"scope", scope}}));
  CHECK(program.source_attributes() == Texts{"a", "b", "x", "y", "z"});
}

TEST_CASE("all problems at once, each with its place") {
  const Json scope{{"groups", Json::array({group({clause("a", "equals", Json::array({"x"}))})})}};
  const Json broken{{"targetAttributeName", "t"}, {"source", {{"name", "a"}, {"type", "Magic"}}},
                    {"flowType", "always"},       {"flowBehavior", "Sometimes"},
                    {"matchingPriority", -1},     {"defaultValue", Json::array()}};
  CHECK(problems(mapping({flow("ok", "[ok]"), broken, Json::object()},
                         {{"flowTypes", "Add, Updates"}, {"scope", scope}})) ==
        Texts{"flowTypes `Updates` is unknown; did you mean `Update`?",
              "scope.groups: clause 1 of group \"staff\" (a): `equals` is no operator; did you "
              "mean `EQUALS`?",
              "attributeMappings[1] (t): the source has the unknown type \"Magic\"",
              "attributeMappings[1] (t): matchingPriority must be a whole number, 0 or more",
              "attributeMappings[1] (t): flowType `always` is unknown; did you mean `Always`?",
              "attributeMappings[1] (t): flowBehavior `Sometimes` is unknown; one of "
              "FlowWhenChanged, FlowAlways",
              "attributeMappings[1] (t): defaultValue must be a text",
              "attributeMappings[2]: targetAttributeName is missing"});
}

TEST_CASE("shapes that are no object mapping are refused") {
  CHECK(problems(7) == Texts{"an object mapping must be an object"});
  CHECK(problems({{"attributeMappings", 7}, {"scope", 7}, {"flowTypes", 7}}) ==
        Texts{"flowTypes must be a text such as \"Add, Update, Delete\"", "scope must be an object",
              "attributeMappings must be a list"});
  CHECK(problems(mapping({7})) == Texts{"attributeMappings[0]: must be an object"});
  CHECK(problems(mapping(std::vector<Json>(10'001))) == Texts{"more than 10000 attributeMappings"});
}
