#include "syncwright/plan/app_role.h"

#include <algorithm>

#include "syncwright/core/ascii.h"

namespace syncwright::plan {

namespace {

/// The role that a member without `role` gets (docs/contract.md#3).
constexpr const char* kUserRole = "User";

/// docs/graph.md#5.3: a group counts as its users; [T] for service principals.
const char* member_type_of(model::DesiredMember::Type member) {
  return member == model::DesiredMember::Type::service_principal ? "Application" : "User";
}

bool is_for(const model::LiveAppRole& role, model::DesiredMember::Type member) {
  const auto& types = role.allowed_member_types;
  return std::find(types.begin(), types.end(), member_type_of(member)) != types.end();
}

const std::string& name_of(const model::LiveAppRole& role) {
  return role.value.empty() ? role.display_name : role.value;
}

std::vector<std::string> eligible_names(const std::vector<model::LiveAppRole>& roles,
                                        model::DesiredMember::Type member) {
  std::vector<std::string> names;
  for (const model::LiveAppRole& role : roles) {
    if (!role.enabled || !is_for(role, member)) continue;
    names.push_back(role_name(role.id, roles).value_or(role.id));
  }
  std::sort(names.begin(), names.end());
  return names;
}

template <class Says>
std::vector<const model::LiveAppRole*> roles_that(const std::vector<model::LiveAppRole>& roles,
                                                  Says says) {
  std::vector<const model::LiveAppRole*> found;
  for (const model::LiveAppRole& role : roles) {
    if (says(role)) found.push_back(&role);
  }
  return found;
}

/// By id, else by value, else by display name. A disabled role cannot be assigned
/// (docs/graph.md#5.3), so that an enabled one of the same name is preferred.
std::vector<const model::LiveAppRole*> find_roles(const std::string& text,
                                                  const std::vector<model::LiveAppRole>& roles) {
  auto found = roles_that(roles, [&](const model::LiveAppRole& role) {
    return ascii::equal_ignoring_case(role.id, text);
  });
  for (const bool enabled : {true, false}) {
    for (const auto name : {&model::LiveAppRole::value, &model::LiveAppRole::display_name}) {
      if (!found.empty()) return found;
      found = roles_that(roles, [&](const model::LiveAppRole& role) {
        return role.*name == text && role.enabled == enabled;
      });
    }
  }
  return found;
}

}  // namespace

RoleChoice choose_role(const std::optional<std::string>& role, model::DesiredMember::Type member,
                       const std::vector<model::LiveAppRole>& roles) {
  RoleChoice choice;
  choice.candidates = eligible_names(roles, member);
  if (role == kDefaultAccess || (!role && choice.candidates.empty())) {
    choice.id = kDefaultAccess;
    if (!choice.candidates.empty()) choice.problem = RoleChoice::Problem::ineligible;
    return choice;
  }
  const auto found = find_roles(role.value_or(kUserRole), roles);
  if (found.size() != 1) {
    choice.problem = found.empty() ? RoleChoice::Problem::unknown : RoleChoice::Problem::ambiguous;
    return choice;
  }
  choice.id = found.front()->id;
  if (!found.front()->enabled) {
    choice.problem = RoleChoice::Problem::disabled;
  } else if (!is_for(*found.front(), member)) {
    choice.problem = RoleChoice::Problem::ineligible;
  }
  return choice;
}

std::optional<std::string> role_name(const std::string& app_role_id,
                                     const std::vector<model::LiveAppRole>& roles) {
  if (app_role_id == kDefaultAccess) return std::nullopt;
  const auto found = std::find_if(roles.begin(), roles.end(), [&](const model::LiveAppRole& role) {
    return role.id == app_role_id;
  });
  if (found == roles.end() || name_of(*found).empty()) return app_role_id;
  const auto namesakes = std::count_if(
      roles.begin(), roles.end(),
      [&](const model::LiveAppRole& role) { return name_of(role) == name_of(*found); });
  return namesakes == 1 ? name_of(*found) : app_role_id;
}

std::optional<std::string> requested_role(const Change& change) {
  for (const schema::FieldChange& field : change.fields) {
    if (field.path != "role") continue;
    const Json role = field.after;
    if (role.is_string()) return role.get<std::string>();
  }
  return std::nullopt;
}

}  // namespace syncwright::plan
