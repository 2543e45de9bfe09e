#include <array>
#include <string>

#include "reference.h"
#include "syncwright/core/json.h"
#include "syncwright/expression/parser.h"
#include "syncwright/schema/change_risk.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/schema_diff.h"
#include "syncwright/schema/synchronization_schema.h"

using namespace syncwright;

namespace {

/// A complete document, and what can be added to it.
struct Document {
  const char* file;
  const char* directory;
  const char* object;
  const char* mapping_source;
  const char* mapping_rule;
};

constexpr std::array documents = {
    Document{"fixtures/schemas/salesforce-outbound-2017.json", "salesforce.com", "User", "User",
             "USER_OUTBOUND_USER"},
    Document{"fixtures/schemas/cloudsync-ad2aad-2021-ou-scope.json", "Microsoft Entra ID", "User",
             "user", "AD2AADProvisioning"},
    Document{"fixtures/schemas/cloudsync-ad2aad-2025-default.json", "Azure Active Directory",
             "Group", "group", ""},
};

schema::SynchronizationSchema laid_over(const schema::SynchronizationSchema& base,
                                        const schema::Customization& customization) {
  auto result = schema::overlay(base, customization);
  const std::string problem = result ? "" : result.error().front().message;
  REQUIRE_MESSAGE(result.has_value(), problem);
  return std::move(*result);
}

/// Asks for an attribute definition and a mapping to it, or for the absence of both.
schema::Customization office_code(const Document& document, bool absent) {
  schema::Customization customization;
  schema::AttributeDefinitionRequest& definition = customization.attributes.emplace_back();
  definition.directory = document.directory;
  definition.object = document.object;
  definition.name = "syncwrightOfficeCode";
  definition.absent = absent;
  schema::ObjectMappingRequest& mapping = customization.mappings.emplace_back();
  mapping.object = document.mapping_source;
  mapping.rule = document.mapping_rule;
  schema::AttributeMappingRequest& attribute = mapping.attributes.emplace_back();
  attribute.target_attribute_name = "syncwrightOfficeCode";
  attribute.absent = absent;
  if (!absent)
    attribute.source =
        schema::MappingSource{*expression::parse_expression(R"(Left([extensionAttribute10], 8))")};
  return customization;
}

/// Takes the rendered text from every source that has a tree.
void drop_texts(Json& value) {
  if (value.is_object() && value.contains("parameters")) value.erase("expression");
  if (!value.is_structured()) return;
  for (Json& member : value) drop_texts(member);
}

}  // namespace

TEST_CASE("conformance: real documents are decoded and keep their text") {
  if (!reference::is_there()) return;
  for (const Document& document : documents) {
    CAPTURE(document.file);
    const std::string text = reference::text_of(document.file);
    const auto schema = reference::decoded(text);
    CHECK(schema.text() == text);
    CHECK(laid_over(schema, {}).text() == text);
    CHECK(schema.find_directory(document.directory) != nullptr);
    for (const schema::SynchronizationRule& rule : schema.rules()) {
      CHECK(schema.find_directory(rule.source_directory_name) != nullptr);
      CHECK(schema.find_directory(rule.target_directory_name) != nullptr);
    }
  }
}

TEST_CASE("conformance: a real document printed anew, its sources as trees alone, means the same") {
  if (!reference::is_there()) return;
  for (const Document& document : documents) {
    CAPTURE(document.file);
    const std::string text = reference::text_of(document.file);
    Json anew = Json::parse(text);
    drop_texts(anew);
    CHECK(anew.dump() != text);
    CHECK(diff(reference::decoded(text), reference::decoded(anew.dump())).empty());
  }
}

TEST_CASE("conformance: an attribute added and removed again leaves the same meaning") {
  if (!reference::is_there()) return;
  for (const Document& document : documents) {
    CAPTURE(document.file);
    const auto base = reference::decoded(reference::text_of(document.file));
    const auto added = laid_over(base, office_code(document, false));
    CHECK(laid_over(added, office_code(document, false)).text() == added.text());
    const auto changes = diff(base, added);
    REQUIRE(changes.size() == 2);
    for (const schema::FieldChange& change : changes) {
      CHECK_FALSE(schema::may_deprovision(change));
      CHECK_FALSE(schema::may_expose(change));
    }
    const auto removed = laid_over(added, office_code(document, true));
    CHECK(diff(base, removed).empty());
    CHECK(removed.text() == base.text());
  }
}
