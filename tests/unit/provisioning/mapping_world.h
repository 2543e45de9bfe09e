#pragma once

#include <doctest/doctest.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"
#include "syncwright/provisioning/step_story.h"

namespace syncwright::provisioning {

inline expression::Value text(const char* value) {
  return std::string(value);
}

inline Json source_tree(std::string_view expression) {
  const auto parsed = expression::parse_expression(expression);
  REQUIRE_MESSAGE(parsed.has_value(), expression);
  return expression::to_source_tree(*parsed);
}

/// An attributeMapping; `more` holds further members. "" is the mapping type None.
inline Json flow(const char* target, std::string_view expression, Json more = Json::object()) {
  more["targetAttributeName"] = target;
  more["source"] = expression.empty() ? Json(nullptr) : source_tree(expression);
  return more;
}

inline Json clause(const char* attribute, const char* operation, Json values = nullptr) {
  Json operand = values.is_null() ? Json(nullptr) : Json{{"values", std::move(values)}};
  return {{"sourceOperandName", attribute},
          {"operatorName", operation},
          {"targetOperand", std::move(operand)}};
}

inline Json group(std::vector<Json> clauses, const char* name = "staff") {
  return {{"name", name}, {"clauses", std::move(clauses)}};
}

inline Json mapping(std::vector<Json> flows, Json more = Json::object()) {
  more["attributeMappings"] = std::move(flows);
  return more;
}

inline MappingProgram compiled(const Json& object_mapping,
                               const ProvisioningSettings& settings = {}) {
  auto program = MappingProgram::compile(object_mapping, settings);
  if (!program) {
    for (const std::string& problem : program.error()) MESSAGE(problem);
  }
  REQUIRE(program.has_value());
  return std::move(*program);
}

/// One object, the accounts of a target, and the mapping between them.
struct MappingWorld {
  explicit MappingWorld(const Json& object_mapping) : program(compiled(object_mapping)) {
    ada.id = "u1";
    ada.name = "Ada Lovelace";
    ada.attributes.set("userPrincipalName", std::string("ada@contoso.com"));
    input.find = [this](const std::string& attribute, const expression::Value& value) {
      searched.push_back(attribute + "=" + expression::to_text(value));
      for (const DirectoryObject& account : accounts) {
        const expression::Value* held = account.attributes.find(attribute);
        if (held != nullptr && expression::to_text(*held) == expression::to_text(value))
          return &account;
      }
      return static_cast<const DirectoryObject*>(nullptr);
    };
  }

  MappingWorld(const MappingWorld&) = delete;
  MappingWorld& operator=(const MappingWorld&) = delete;

  DirectoryObject& account(const char* id,
                           std::map<std::string, expression::Value, std::less<>> values) {
    return accounts.emplace_back(DirectoryObject{id, std::string(id) + " of the target",
                                                 expression::AttributeMap(std::move(values))});
  }
  /// As `account`, and linked to the object.
  void link(std::map<std::string, expression::Value, std::less<>> values) {
    input.linked = &account("a1", std::move(values));
  }

  Operation run() { return run_mapping(program, input); }
  std::vector<ProvisioningStep> story() { return steps(program, input, run()); }

  MappingProgram program;
  DirectoryObject ada;
  std::deque<DirectoryObject> accounts;  // keeps the addresses
  std::vector<std::string> searched;
  MappingInput input{.source = ada};
};

/// "update", or "skip: nothing changed"; a failed run says so.
inline std::string summary(const Operation& operation) {
  std::string text = to_string(operation.action);
  if (operation.reason != Reason::none) text += std::string(": ") + to_string(operation.reason);
  return text + (operation.failed ? " (failed)" : "");
}

/// "title=Boss, userName=ada"
inline std::string written(const Operation& operation) {
  std::string text;
  for (const auto& [name, value] : operation.values_to_write()) {
    text += (text.empty() ? "" : ", ") + name + "=" + expression::to_text(value);
  }
  return text;
}

/// "flowed, unchanged": what became of each flow that ran.
inline std::string dispositions(const Operation& operation) {
  std::string text;
  for (const FlowResult& result : operation.flows) {
    text += std::string(text.empty() ? "" : ", ") + to_string(result.disposition);
  }
  return text;
}

}  // namespace syncwright::provisioning
