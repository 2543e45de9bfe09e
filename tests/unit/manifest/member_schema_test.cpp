#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/manifest/field_guide.h"
#include "syncwright/model/application_members.h"
#include "syncwright/schema/members.h"

using namespace syncwright;
using namespace syncwright::manifest;

namespace {

/// The alternatives of a property of the JSON Schema; one that has none is its only one.
std::vector<Json> alternatives(const Json& property) {
  if (!property.contains("anyOf")) return {property};
  return property["anyOf"].get<std::vector<Json>>();
}

/// What an editor offers for a property; its elements' words where it is a list.
std::vector<std::string> words_in(const Json& property) {
  std::vector<std::string> words;
  for (const Json& each : alternatives(property)) {
    const Json& list = each.contains("items") ? each["items"] : each;
    if (!list.contains("enum")) continue;
    for (const Json& word : list["enum"]) words.push_back(word.get<std::string>());
  }
  return words;
}

bool takes(const Json& property, const char* type) {
  for (const Json& each : alternatives(property)) {
    if (each.contains("type") && each["type"] == type) return true;
  }
  return false;
}

template <class Request, class Value>
void check_property(const Json& property, const schema::ManagedMember<Request, Value>& row) {
  if constexpr (std::is_same_v<Value, bool>) CHECK(takes(property, "boolean"));
  if constexpr (std::is_same_v<Value, std::int64_t>) CHECK(takes(property, "integer"));
  CHECK(words_in(property) == (row.words == nullptr ? schema::Words() : row.words()));
}

template <class Request>
void check_property(const Json& property, const schema::NullableText<Request>&) {
  CHECK(takes(property, "object"));
}

template <class Request>
void check_property(const Json& property, const schema::SourceMember<Request>&) {
  CHECK(property["anyOf"][0]["const"] == "none");
}

/// Every row of the request's table stands in the schema at `place`, with its type or its words.
template <class Request>
void check_members(const char* place) {
  const Json schema = Json::parse(manifest_schema());
  const Json& properties = schema.at(Json::json_pointer(place));
  schema::for_each_member<Request>([&properties](const auto& row) {
    CAPTURE(row.name);
    REQUIRE(properties.contains(row.name));
    check_property(properties[row.name], row);
  });
}

}  // namespace

TEST_CASE("the JSON Schema has the managed members of attribute definitions, with their words") {
  check_members<schema::AttributeDefinitionRequest>("/definitions/attributeDefinition/properties");
  check_members<schema::AttributeDefinitionRequest>(
      "/definitions/attributeMapping/anyOf/1/properties/define/properties");
}

TEST_CASE("the JSON Schema has the managed members of attribute mappings, with their words") {
  check_members<schema::AttributeMappingRequest>(
      "/definitions/attributeMapping/anyOf/1/properties");
}

TEST_CASE("the JSON Schema has the managed members of object mappings, with their words") {
  check_members<schema::ObjectMappingRequest>("/definitions/objectMapping/properties");
}

TEST_CASE("the JSON Schema has every property of an application where manifests say it") {
  const Json schema = Json::parse(manifest_schema());
  const auto properties = [&schema](model::ManifestPlace place) {
    const char* pointer = "/definitions/applicationKeys/properties";
    if (place == model::ManifestPlace::metadata)
      pointer = "/definitions/applicationMetadata/properties";
    if (place == model::ManifestPlace::lifecycle) {
      pointer = "/definitions/applicationKeys/properties/lifecycle/properties";
    }
    return schema.at(Json::json_pointer(pointer));
  };
  model::for_each_application_member([&properties](const auto& row) {
    CAPTURE(row.name);
    CHECK(properties(row.place).contains(row.name));
  });
}

TEST_CASE("the JSON Schema takes as long a text of an application as its row") {
  const Json schema = Json::parse(manifest_schema());
  const Json& properties = schema.at(Json::json_pointer("/definitions/applicationKeys/properties"));
  model::for_each_application_text([&properties](const auto& row) {
    CAPTURE(row.name);
    CHECK(properties.at(row.name).at("maxLength") == row.most);
  });
}
