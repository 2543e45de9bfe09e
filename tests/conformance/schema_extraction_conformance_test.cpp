#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization_of.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/rebase.h"
#include "syncwright/schema/schema_diff.h"

using namespace syncwright;

namespace {

const std::array<std::string, 3> files = {"salesforce-outbound-2017.json",
                                          "cloudsync-ad2aad-2021-ou-scope.json",
                                          "cloudsync-ad2aad-2025-default.json"};

std::filesystem::path folder() {
  return std::filesystem::path(SYNCWRIGHT_SHARED_DIR) / "fixtures" / "schemas";
}

/// Says once that the documents are not there.
bool is_there() {
  static const bool there = [] {
    const bool exists = std::filesystem::is_directory(folder());
    if (!exists) std::cout << "skipped: no schema documents in " << folder().string() << "\n";
    return exists;
  }();
  return there;
}

std::string text_of(const std::string& file) {
  std::ifstream stream(folder() / file, std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

SynchronizationSchema decoded(std::string text) {
  auto schema = SynchronizationSchema::decode(std::move(text));
  REQUIRE_MESSAGE(schema.has_value(), schema.error().message);
  return std::move(*schema);
}

SynchronizationSchema unwrapped(
    tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> result) {
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

void check_round_trip(const SynchronizationSchema& standard, const SynchronizationSchema& live) {
  const ExtractedCustomization result = customization_of(standard, live);
  for (const std::string& remark : result.remarks) CHECK_MESSAGE(false, remark);
  CHECK_FALSE(result.needs_document);
  CHECK_FALSE(result.customization.mappings.empty());
  CHECK_FALSE(result.customization.attributes.empty());
  CHECK(diff(unwrapped(overlay(standard, result.customization)), live).empty());
  CHECK(unwrapped(overlay(live, result.customization)).text() == live.text());
  const auto read_back = customization_from_json(to_json(result.customization));
  REQUIRE(read_back.has_value());
  CHECK(diff(unwrapped(overlay(standard, *read_back)), live).empty());
}

}  // namespace

TEST_CASE("conformance: a real document is told out of another version of it, and back") {
  if (!is_there()) return;
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string text = text_of(file);
    check_round_trip(decoded(other_version(text)), decoded(text));
    check_round_trip(decoded(text), decoded(other_version(text)));
  }
}

TEST_CASE("conformance: everything of a real document that a manifest can say is said") {
  if (!is_there()) return;
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string text = text_of(file);
    check_round_trip(decoded(bare_version(text)), decoded(text));
  }
}

TEST_CASE("conformance: a real document laid over itself, or come from another tenant, is itself") {
  if (!is_there()) return;
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string text = text_of(file);
    const auto live = decoded(text);
    CHECK(unwrapped(rebase(live, live)).text() == text);
    CHECK(unwrapped(rebase(decoded(foreign(text)), live)).text() == text);
  }
}

TEST_CASE("conformance: another version of a real document arrives with its differences") {
  if (!is_there()) return;
  for (const std::string& file : files) {
    CAPTURE(file);
    const std::string text = text_of(file);
    const auto live = decoded(text);
    const auto base = decoded(foreign(other_version(text)));
    const auto result = unwrapped(rebase(base, live));
    CHECK(result.id() == live.id());
    CHECK(unwrapped(rebase(base, result)).text() == result.text());
    const auto expected = diff(live, decoded(other_version(text)));
    std::size_t kept = 0;
    for (const FieldChange& change : diff(result, decoded(other_version(text)))) {
      CHECK(change.after.is_null());
      ++kept;
    }
    CHECK(kept > 0);
    CHECK(diff(live, result).size() == expected.size() - kept);
  }
}
