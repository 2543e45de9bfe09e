#include <set>
#include <string>

#include "reference.h"
#include "syncwright/core/json.h"
#include "syncwright/schema/customization_of.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/rebase.h"
#include "syncwright/schema/schema_diff.h"

using namespace syncwright;

namespace {

schema::SynchronizationSchema unwrapped(
    tl::expected<schema::SynchronizationSchema, std::vector<schema::OverlayProblem>> result) {
  const std::string problem = result ? "" : result.error().front().message;
  REQUIRE_MESSAGE(result.has_value(), problem);
  return std::move(*result);
}

/// The objects of each directory that have a name of their own.
template <class Visit>
void each_object(Json& document, Visit visit) {
  for (Json& directory : document["directories"]) {
    std::multiset<std::string> names;
    for (const Json& object : directory["objects"]) names.insert(object["name"]);
    for (Json& object : directory["objects"]) {
      if (names.count(object["name"]) == 1) visit(object);
    }
  }
}

/// Those that have a source object: a manifest can name no others.
template <class Visit>
void each_object_mapping(Json& document, Visit visit) {
  for (Json& rule : document["synchronizationRules"]) {
    for (Json& mapping : rule["objectMappings"]) {
      if (mapping["sourceObjectName"] != "") visit(mapping);
    }
  }
}

/// A version of the document with a few parts removed, changed and added.
std::string other_version(const std::string& text) {
  Json document = Json::parse(text);
  each_object(document, [](Json& object) {
    Json& attributes = object["attributes"];
    if (attributes.size() < 3) return;
    attributes[1]["caseExact"] = !attributes[1]["caseExact"].get<bool>();
    attributes.erase(0);
    attributes.push_back({{"name", "syncwrightColour"}, {"type", "Integer"}});
  });
  each_object_mapping(document, [](Json& mapping) {
    Json& attributes = mapping["attributeMappings"];
    if (attributes.size() < 4) return;
    for (Json& attribute : attributes) {
      if (attribute["matchingPriority"] == 0) attribute["defaultValue"] = "other";
    }
    attributes[2]["source"] = {{"type", "Constant"}, {"name", "other"}};
    if (attributes[0]["matchingPriority"] == 0) attributes.erase(0);
    attributes.push_back({{"targetAttributeName", "syncwrightColour"},
                          {"source", {{"name", "colour"}, {"type", "Attribute"}}}});
    mapping["enabled"] = !mapping["enabled"].get<bool>();
  });
  return document.dump(2);
}

/// All that a manifest can say is another thing, or not there at all.
std::string bare_version(const std::string& text) {
  Json document = Json::parse(text);
  each_object(document, [](Json& object) {
    for (Json& attribute : object["attributes"]) {
      for (const char* key : {"anchor", "caseExact", "defaultValue", "flowNullValues", "mutability",
                              "multivalued", "required", "type"}) {
        attribute.erase(key);
      }
    }
  });
  each_object_mapping(document, [](Json& mapping) {
    if (mapping["scope"].is_object()) mapping["scope"]["groups"] = nullptr;
    mapping["flowTypes"] = "None";
    for (Json& attribute : mapping["attributeMappings"]) {
      attribute = {{"targetAttributeName", attribute["targetAttributeName"]},
                   {"source", {{"name", "other"}, {"type", "Constant"}}}};
    }
  });
  return document.dump();
}

/// The document as the job of another tenant has it.
std::string foreign(const std::string& text) {
  Json document = Json::parse(text);
  document["id"] = "another.0815";
  document["version"] = "Date:2025-01-01T00:00:00, ActivityId:1";
  const auto rebranded = [](Json& name) {
    if (name == "Azure Active Directory") {
      name = "Microsoft Entra ID";
    } else if (name == "Microsoft Entra ID") {
      name = "Azure Active Directory";
    }
  };
  for (Json& directory : document["directories"]) {
    rebranded(directory["name"]);
    directory["version"] = "another";
    if (directory["id"] != "66e4a8cc-1b7b-435e-95f8-f06cea133828") directory["id"] = "another";
  }
  for (Json& rule : document["synchronizationRules"]) {
    rule["id"] = "another " + rule["name"].get<std::string>();
    rebranded(rule["sourceDirectoryName"]);
    rebranded(rule["targetDirectoryName"]);
  }
  return document.dump();
}

void check_round_trip(const schema::SynchronizationSchema& standard,
                      const schema::SynchronizationSchema& live) {
  const schema::ExtractedCustomization result = schema::customization_of(standard, live);
  for (const std::string& remark : result.remarks) CHECK_MESSAGE(false, remark);
  CHECK_FALSE(result.needs_document);
  CHECK_FALSE(result.customization.mappings.empty());
  CHECK_FALSE(result.customization.attributes.empty());
  CHECK(diff(unwrapped(schema::overlay(standard, result.customization)), live).empty());
  CHECK(unwrapped(schema::overlay(live, result.customization)).text() == live.text());
  const auto read_back = schema::customization_from_json(to_json(result.customization));
  REQUIRE(read_back.has_value());
  CHECK(diff(unwrapped(schema::overlay(standard, *read_back)), live).empty());
}

}  // namespace

TEST_CASE("conformance: a real document is told out of another version of it, and back") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const std::string text = reference::text_of(file);
    check_round_trip(reference::decoded(other_version(text)), reference::decoded(text));
    check_round_trip(reference::decoded(text), reference::decoded(other_version(text)));
  }
}

TEST_CASE("conformance: everything of a real document that a manifest can say is said") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const std::string text = reference::text_of(file);
    check_round_trip(reference::decoded(bare_version(text)), reference::decoded(text));
  }
}

TEST_CASE("conformance: a real document laid over itself, or come from another tenant, is itself") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const std::string text = reference::text_of(file);
    const auto live = reference::decoded(text);
    CHECK(unwrapped(schema::rebase(live, live)).text() == text);
    CHECK(unwrapped(schema::rebase(reference::decoded(foreign(text)), live)).text() == text);
  }
}

TEST_CASE("conformance: another version of a real document arrives with its differences") {
  if (!reference::is_there()) return;
  for (const std::string& file : reference::schemas) {
    CAPTURE(file);
    const std::string text = reference::text_of(file);
    const auto live = reference::decoded(text);
    const auto base = reference::decoded(foreign(other_version(text)));
    const auto result = unwrapped(schema::rebase(base, live));
    CHECK(result.id() == live.id());
    CHECK(unwrapped(schema::rebase(base, result)).text() == result.text());
    const auto expected = diff(live, reference::decoded(other_version(text)));
    std::size_t kept = 0;
    for (const schema::FieldChange& change :
         diff(result, reference::decoded(other_version(text)))) {
      CHECK(change.after.is_null());
      ++kept;
    }
    CHECK(kept > 0);
    CHECK(diff(live, result).size() == expected.size() - kept);
  }
}
