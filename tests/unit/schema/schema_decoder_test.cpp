#include "syncwright/schema/part_json.h"
#include "syncwright/schema/rebase.h"
#include "unit/schema/sample_schema.h"

using namespace syncwright;
using namespace syncwright::schema;

namespace {

std::string failure(std::string text) {
  const auto schema = SynchronizationSchema::decode(std::move(text));
  REQUIRE_FALSE(schema.has_value());
  return std::string(to_string(schema.error().kind)) + ": " + schema.error().message;
}

std::string nested(int depth) {
  return R"({"x":)" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

}  // namespace

TEST_CASE("a schema is decoded into an index and keeps its text") {
  const auto schema = sample();
  CHECK(schema.text() == sample_text());
  CHECK(schema.id() == "Salesforce.4711");
  REQUIRE(schema.directories().size() == 2);
  CHECK(schema.directories()[0].read_only);
  CHECK_FALSE(schema.directories()[1].read_only);
  CHECK(schema.directories()[0].objects[0].attributes()[1].name == "accountEnabled");
  CHECK(schema.directories()[0].objects[0].attributes()[1].type == "Boolean");
  REQUIRE(schema.directories()[1].objects.size() == 4);
  CHECK(schema.directories()[1].objects[1].attributes_span.empty());
  REQUIRE(schema.rules().size() == 2);
  const SynchronizationRule& rule = schema.rules()[0];
  CHECK(rule.id == "e2960b8f-0000-4c3a-a5e8-61b70c9f2d38");
  CHECK(rule.source_directory_name == "Azure Active Directory");
  CHECK(rule.target_directory_name == "salesforce.com");
  CHECK(rule.editable);
  REQUIRE(rule.object_mappings.size() == 2);
  CHECK(rule.object_mappings[0].name == "Users");
  CHECK(rule.object_mappings[0].attribute_mappings[0].matching_priority == 1);
  CHECK(rule.object_mappings[1].enabled);
}

TEST_CASE("slices are the exact bytes of each part, blanks around them left out") {
  const auto schema = decoded(
      " {\"synchronizationRules\" : [ {\"objectMappings\":[ { \"flowTypes\" : \"Add\" ,\n"
      "\"scope\" : { \"groups\":[ ] } , \"attributeMappings\" : [ {\"source\" : null ,"
      "\"targetAttributeName\":\"caf\\u00e9\"}\t, { } ] } ] } ] } ");
  const ObjectMapping& mapping = schema.rules().at(0).object_mappings.at(0);
  CHECK(schema.slice(mapping.flow_types_span) == "\"Add\"");
  CHECK(schema.slice(mapping.scope_span) == "{ \"groups\":[ ] }");
  CHECK(schema.slice(mapping.attribute_mappings_span) ==
        "[ {\"source\" : null ,\"targetAttributeName\":\"caf\\u00e9\"}\t, { } ]");
  REQUIRE(mapping.attribute_mappings.size() == 2);
  CHECK(mapping.attribute_mappings[0].target_attribute_name == "caf\u00e9");
  CHECK(schema.slice(mapping.attribute_mappings[0].span) ==
        "{\"source\" : null ,\"targetAttributeName\":\"caf\\u00e9\"}");
  CHECK(schema.slice(mapping.attribute_mappings[0].source_span) == "null");
  CHECK(schema.slice(mapping.attribute_mappings[1].span) == "{ }");
  CHECK(mapping.attribute_mappings[1].source_span.empty());
}

TEST_CASE("keys may be escaped, and the last of a repeated key wins") {
  const auto schema = decoded(
      R"({"i\u0064":"one","id":"two","directories":[{"name":"a"}],"directories":[{"name":"b"}]})");
  CHECK(schema.id() == "two");
  REQUIRE(schema.directories().size() == 1);
  CHECK(schema.directories()[0].name == "b");
}

TEST_CASE("null stands for what is absent") {
  const auto schema = decoded(
      R"({"id":null,"directories":null,"synchronizationRules":[{"id":null,"editable":null,"objectMappings":[)"
      R"({"enabled":null,"name":null,"attributeMappings":null,"flowTypes":null}]}]})");
  CHECK(schema.rules()[0].editable);
  CHECK(schema.rules()[0].object_mappings[0].enabled);
  CHECK(schema.rules()[0].object_mappings[0].attribute_mappings_span.empty());
  CHECK(decoded("{}").rules().empty());
}

TEST_CASE("Entra ID is found under both of its names") {
  const auto schema = sample();
  REQUIRE(schema.find_directory("Microsoft Entra ID") != nullptr);
  CHECK(schema.find_directory("Microsoft Entra ID") ==
        schema.find_directory("Azure Active Directory"));
  CHECK(schema.find_directory("salesforce.com") == &schema.directories()[1]);
  CHECK(schema.find_directory("Salesforce.com") == nullptr);
  CHECK(decoded(R"({"directories":[{"id":"x","name":"Azure Active Directory"}]})")
            .find_directory("Microsoft Entra ID") == nullptr);
}

TEST_CASE("a part of the wrong type is named") {
  CHECK(
      failure(R"({"synchronizationRules":[{},{"objectMappings":[{"enabled":"yes"}]}]})") ==
      "malformed: synchronizationRules[1].objectMappings[0].enabled of the synchronization schema "
      "is not a boolean");
  CHECK(failure(R"({"directories":{}})") ==
        "malformed: directories of the synchronization schema is not an array");
  CHECK(failure(R"({"directories":[7]})") ==
        "malformed: directories[0] of the synchronization schema is not an object");
  CHECK(failure(R"({"id":1})") == "malformed: id of the synchronization schema is not a string");
  const std::string mapping =
      R"({"synchronizationRules":[{"objectMappings":[{"attributeMappings":[)";
  CHECK(
      failure(mapping + R"({"matchingPriority":1.5}]}]}]})") ==
      "malformed: synchronizationRules[0].objectMappings[0].attributeMappings[0].matchingPriority "
      "of the synchronization schema is not a 64-bit integer");
  CHECK(failure(mapping + R"({"source":[]}]}]}]})") ==
        "malformed: synchronizationRules[0].objectMappings[0].attributeMappings[0].source of the "
        "synchronization schema is not an object");
  CHECK(failure(R"({"synchronizationRules":[{"objectMappings":[{"flowTypes":7}]}]})") ==
        "malformed: synchronizationRules[0].objectMappings[0].flowTypes of the synchronization "
        "schema is not a string");
}

TEST_CASE("what is no JSON is refused wherever the fault is") {
  for (const char* text :
       {"", "   ", "<html>", "[]", "\"x\"", "{", R"({"x":tru})", R"({"x":[1,]})", R"({} {})",
        R"({"x":"\ud800"})", "{\"x\":\"\xff\"}", R"({"x":01})", "{\"x\":\"\n\"}"}) {
    CAPTURE(text);
    CHECK(failure(text).starts_with("malformed: "));
  }
}

TEST_CASE("numbers of any size go through as they are written") {
  for (const std::string number :
       {"12345678901234567890123", "-12345678901234567890123", "18446744073709551616", "1e400",
        "-1.5E+4000", "18446744073709551615", "1e-400"}) {
    CAPTURE(number);
    const std::string text =
        replaced(sample_text(), R"("x-colour": "blue")", R"("x-colour": )" + number);
    const SynchronizationSchema live = decoded(text);
    CHECK(live.text() == text);
    CHECK(changes(sample(), live).empty());
    const auto document =
        decoded(replaced(text, R"("x-colour")", R"("caseExact": true, "x-colour")"));
    const auto laid = rebase(document, live);
    REQUIRE(laid.has_value());
    CHECK(laid->text().find(R"("x-colour": )" + number) != std::string::npos);
    CHECK_FALSE(changes(live, *laid).empty());
  }
  for (const char* text : {R"({"x":12345678901234567890123x})", R"({"x":012345678901234567890123})",
                           R"({"x":1e400.})", R"({"x":-})", R"({"x":[1e400,]})"}) {
    CAPTURE(text);
    CHECK(failure(text).starts_with("malformed: "));
  }
}

TEST_CASE("numbers that 64 bits do not hold are compared as they are written") {
  CHECK(part_json(R"([12345678901234567890123, 1e400, 7, "1e400 \" 1e400", 1.5])") ==
        Json::array({"12345678901234567890123", "1e400", 7, "1e400 \" 1e400", 1.5}));
  CHECK(part_json("[12345678901234567890123]") != part_json("[12345678901234567890124]"));
  CHECK(part_json("[-9223372036854775808, 18446744073709551615]") ==
        Json::array({INT64_MIN, UINT64_MAX}));
  CHECK(replace_large_numbers(R"({"a":1e400,"b":7})") == R"({"a":0    ,"b":7})");
}

TEST_CASE("depth and size are bounded") {
  CHECK(SynchronizationSchema::decode(nested(300)).has_value());
  CHECK(failure(nested(10'000)) ==
        "too_large: the synchronization schema is nested deeper than 400 levels");
  std::string huge = R"({"x":")";
  huge.resize((64u << 20u) + 1, 'a');
  CHECK(failure(std::move(huge)).starts_with("too_large: "));
}

TEST_CASE("the number of parts is bounded") {
  const auto with_objects = [](std::size_t number) {
    std::string text = R"({"directories":[{"objects":[{})";
    for (std::size_t i = 1; i < number; ++i) text += ",{}";
    return text + "]}]}";
  };
  CHECK(decoded(with_objects(499'999)).directories()[0].objects.size() == 499'999);
  CHECK(failure(with_objects(500'000)) ==
        "too_large: the synchronization schema has more than 500000 parts");
}
