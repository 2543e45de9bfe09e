#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "syncwright/expression/parser.h"
#include "syncwright/schema/overlay.h"
#include "syncwright/schema/schema_diff.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// A small schema as the service prints one: two directories, an outbound and an inbound rule, and
/// some members that no specification knows.
inline std::string sample_text() {
  return R"({
  "@odata.context": "https://graph.example/$metadata#schema",
  "id": "Salesforce.4711",
  "version": "v1.2",
  "directories": [
    {
      "id": "66e4a8cc-1b7b-435e-95f8-f06cea133828",
      "name": "Azure Active Directory",
      "readOnly": true,
      "objects": [
        {
          "name": "User",
          "attributes": [
            {"name": "mail", "type": "String", "caseExact": false, "metadata": []},
            {"name": "accountEnabled", "type": "Boolean", "required": true}
          ]
        }
      ]
    },
    {
      "id": "b7d41e60-0000-4a83-8e19-0f6ad3c29b74",
      "name": "salesforce.com",
      "objects": [
        {
          "name": "User",
          "attributes": [
            {"anchor": true, "name": "Id", "type": "String"},
            {"name": "Username", "type": "String", "x-colour": "blue"}
          ],
          "supportedApis": [ "User" ]
        },
        {"name": "Group", "attributes": null},
        {"name": "Twin", "attributes": []},
        {"name": "Twin", "attributes": []}
      ]
    }
  ],
  "synchronizationRules": [
    {
      "id": "e2960b8f-0000-4c3a-a5e8-61b70c9f2d38",
      "name": "USER_OUTBOUND_USER",
      "sourceDirectoryName": "Azure Active Directory",
      "targetDirectoryName": "salesforce.com",
      "objectMappings": [
        {
          "name": "Users",
          "sourceObjectName": "User",
          "targetObjectName": "User",
          "enabled": true,
          "flowTypes": "Add, Update, Delete",
          "scope": null,
          "attributeMappings": [
            {
              "matchingPriority": 1,
              "targetAttributeName": "Username",
              "source": {"expression": "[userPrincipalName]", "name": "userPrincipalName", "type": "Attribute", "parameters": []},
              "x-note": "kept"
            },
            {
              "defaultValue": "",
              "targetAttributeName": "CompanyName",
              "source": {"name": "company", "type": "Attribute"}
            },
            {"targetAttributeName": "LocaleKey", "source": null, "defaultValue": "en_US"}
          ]
        },
        {
          "name": "Groups",
          "sourceObjectName": "Group",
          "targetObjectName": "Group",
          "attributeMappings": [
            {"matchingPriority": 1, "targetAttributeName": "Name", "source": {"name": "displayName", "type": "Attribute"}}
          ]
        }
      ]
    },
    {
      "id": "c220a780-0000-462f-9d93-87a52e81c90e",
      "name": "ROLE_INBOUND",
      "sourceDirectoryName": "salesforce.com",
      "targetDirectoryName": "Azure Active Directory",
      "objectMappings": [
        {"sourceObjectName": "Profile", "targetObjectName": "AppRole", "attributeMappings": []}
      ]
    }
  ]
})";
}

inline SynchronizationSchema decoded(std::string text) {
  auto schema = SynchronizationSchema::decode(std::move(text));
  REQUIRE_MESSAGE(schema.has_value(), schema.error().message);
  return std::move(*schema);
}

inline SynchronizationSchema sample() {
  return decoded(sample_text());
}

/// The sample with one passage replaced, which it must have exactly once.
inline std::string replaced(std::string text, std::string_view passage, std::string_view by) {
  const std::size_t at = text.find(passage);
  REQUIRE_MESSAGE(at != std::string::npos, passage);
  REQUIRE(text.find(passage, at + 1) == std::string::npos);
  return text.replace(at, passage.size(), by);
}

inline MappingSource source(std::string_view text) {
  auto expression = expression::parse_expression(text);
  REQUIRE_MESSAGE(expression.has_value(), text);
  return MappingSource{std::move(*expression)};
}

inline AttributeMappingRequest mapping(std::string target, std::string_view expression) {
  AttributeMappingRequest request;
  request.target_attribute_name = std::move(target);
  request.source = source(expression);
  return request;
}

inline AttributeMappingRequest absent_mapping(std::string target) {
  AttributeMappingRequest request;
  request.target_attribute_name = std::move(target);
  request.absent = true;
  return request;
}

/// A request for the object mapping of `object`.
inline Customization wish(std::string object,
                          std::vector<AttributeMappingRequest> attributes = {}) {
  Customization customization;
  customization.mappings.emplace_back();
  customization.mappings.back().object = std::move(object);
  customization.mappings.back().attributes = std::move(attributes);
  return customization;
}

/// A request for an attribute definition; `rule` where the directory is "source" or "target".
inline AttributeDefinitionRequest attribute(std::string directory, std::string object,
                                            std::string name, std::string rule = {}) {
  AttributeDefinitionRequest request;
  request.directory = std::move(directory);
  request.object = std::move(object);
  request.name = std::move(name);
  request.rule = std::move(rule);
  return request;
}

inline Customization define(AttributeDefinitionRequest request) {
  Customization customization;
  customization.attributes.push_back(std::move(request));
  return customization;
}

inline SynchronizationSchema laid_over(const SynchronizationSchema& base,
                                       const Customization& customization) {
  auto result = overlay(base, customization);
  if (!result) {
    for (const auto& problem : result.error()) MESSAGE(problem.code, " ", problem.message);
  }
  REQUIRE(result.has_value());
  return std::move(*result);
}

/// "CODE message" of every problem.
inline std::vector<std::string> problems(const SynchronizationSchema& base,
                                         const Customization& customization) {
  std::vector<std::string> texts;
  const auto result = overlay(base, customization);
  REQUIRE_FALSE(result.has_value());
  for (const auto& problem : result.error())
    texts.push_back(std::string(to_string(problem.code)) + " " + problem.message);
  return texts;
}

/// The changes as "path: before => after", a line each.
inline std::string changes(const SynchronizationSchema& before,
                           const SynchronizationSchema& after) {
  std::string text;
  for (const FieldChange& change : diff(before, after)) {
    text += change.path.text() + ": " + change.before.unpack().dump() + " => " +
            change.after.unpack().dump() + "\n";
  }
  return text;
}

}  // namespace syncwright::schema
