#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"
#include "syncwright/core/json.h"

namespace syncwright::expression {
namespace {

/// An element of an attribute that stands for the roles: a JSON object, or the role's name.
AppRole role_from(const std::string& element) {
  const auto json = element.starts_with('{') ? parse_json(element) : Json();
  if (!json || !json->is_object()) {
    return {.id = {}, .value = element, .display_name = element};
  }
  return {.id = string_or(*json, "id"),
          .value = string_or(*json, "value"),
          .display_name = string_or(*json, "displayName")};
}

/// The object's roles; where the input names none, what the source attribute holds.
std::vector<AppRole> roles_of(Call& call) {
  const auto given = call.input().roles;
  if (!given.empty()) return {given.begin(), given.end()};
  const Operand source = call.value(0);
  std::vector<AppRole> roles;
  if (const MultiValue* list = source.list()) {
    for (const std::string& element : *list) {
      if (!call.take_steps(1)) return {};
      roles.push_back(role_from(element));
    }
  } else if (!is_null_or_empty(source.value())) {
    roles.push_back(role_from(to_text(source.value())));
  }
  return roles;
}

/// The value is what applications know; roles made for display alone have none.
std::string name_of(const AppRole& role) {
  return role.value.empty() ? role.display_name : role.value;
}

/// In the order of the documented request, which is not the alphabet's.
std::string complex_value(const AppRole& role) {
  nlohmann::ordered_json value;
  value["id"] = role.id;
  value["value"] = role.value;
  value["displayName"] = role.display_name;
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Operand each_role(Call& call, std::string (*text_of)(const AppRole&)) {
  const std::vector<AppRole> roles = roles_of(call);
  if (roles.empty()) return {};
  MultiValue values;
  for (const AppRole& role : roles) {
    std::string text = text_of(role);
    if (!call.take_steps(1) || !call.take_bytes(text.size())) return {};
    values.push_back(std::move(text));
  }
  return Value(std::move(values));
}

Operand all_roles(Call& call) {
  return each_role(call, name_of);
}

/// AppRoleAssignmentsComplex adds these, AssertiveAppRoleAssignmentsComplex replaces what is there:
/// a matter of the request that carries them (docs/expressions.md#3).
Operand all_roles_complex(Call& call) {
  return each_role(call, complex_value);
}

/// Which of several is not documented: the first. The service was seen to fail there
/// (docs/expressions.md#7).
Operand single_role(Call& call) {
  const std::vector<AppRole> roles = roles_of(call);
  if (roles.size() > 1 && call.settings().several_roles_fail) {
    std::vector<std::string> names;
    names.reserve(roles.size());
    for (const AppRole& role : roles) names.push_back(name_of(role));
    return call.fail(fmt::format("{} roles are assigned, and one is expected: {}", roles.size(),
                                 quote_list(names)));
  }
  return roles.empty() ? Operand() : call.result(name_of(roles.front()));
}

constexpr std::array kRoleFunctions = {
    Function{.name = "AppRoleAssignments",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = all_roles,
             .place = FunctionPlace::assigned_scope},
    Function{.name = "AppRoleAssignmentsComplex",
             .parameters = {required("source")},
             .body = all_roles_complex,
             .place = FunctionPlace::assigned_scope},
    Function{.name = "AssertiveAppRoleAssignmentsComplex",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = all_roles_complex,
             .place = FunctionPlace::assigned_scope},
    Function{.name = "SingleAppRoleAssignment",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = single_role,
             .place = FunctionPlace::assigned_scope,
             .contested = &EvaluationSettings::several_roles_fail}};

}  // namespace

FunctionGroup role_functions() {
  return {.functions = kRoleFunctions, .foreign = {}};
}

}  // namespace syncwright::expression
