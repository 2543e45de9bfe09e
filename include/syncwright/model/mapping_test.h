#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright::model {

/// What a case says of one target attribute. null: nothing is written there.
struct ExpectedValue {
  std::string attribute;
  expression::Value value;
  SourceRange where;
};

/// What a case expects; what is left out may be anything.
struct MappingExpectation {
  std::optional<bool> in_scope;
  std::optional<std::string> action;  ///< create, update, disable, delete, skip
  std::vector<ExpectedValue> target;  ///< in the order written
};

/// One object, what is known of it, and what becomes of it.
struct MappingTestCase {
  std::string name;
  std::string object;         ///< sourceObjectName
  std::string rule;           ///< empty: whichever
  std::string target_object;  ///< empty: whichever
  expression::AttributeMap source;
  std::optional<expression::AttributeMap>
      account;  ///< the linked account; nullopt: the target has none
  std::map<std::string, std::string, std::less<>> parameters;
  std::vector<std::string> existing;  ///< values already taken in the target
  std::vector<expression::AppRole> roles;
  std::optional<std::string> default_domain;
  std::optional<Instant> now;  ///< nullopt: the time of the run
  bool assigned = true;
  std::optional<bool> active;  ///< nullopt: unless accountEnabled of the source is false
  bool deleted = false;
  MappingExpectation expect;
  SourceRange where;         ///< of its name
  SourceRange object_where;  ///< of its object
};

/// A document of kind MappingTest (docs/contract.md#3). It takes no part in a plan.
struct MappingTest {
  std::string name;
  std::string application;
  std::string job = "default";
  /// A saved schema document, absolute, inside the project; nullopt: the manifest's mappings alone.
  std::optional<std::filesystem::path> schema;
  std::vector<MappingTestCase> cases;
  SourceRange where;  ///< of its name
  SourceRange application_where;
  SourceRange job_where;
  SourceRange schema_where;
};

}  // namespace syncwright::model
