#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// appRoleId of default access (docs/graph.md#5.3).
inline constexpr std::string_view kDefaultAccess = "00000000-0000-0000-0000-000000000000";

/// Which role of an application a manifest's `role` means (docs/graph.md#5.3). The planner asks
/// this function, and the executor does for a provisional assignment.add, as soon as the
/// application has its roles.
struct RoleChoice {
  enum class Problem {
    none,
    unknown,     ///< no role is called so; left out: there are roles, but none is called User
    ambiguous,   ///< several are
    disabled,    ///< `id` is set: who has it keeps it, nobody gets it
    ineligible,  ///< likewise: it is not for members of this type
  };
  Problem problem = Problem::none;
  std::string id;                       ///< empty where unknown or ambiguous
  std::vector<std::string> candidates;  ///< sorted: the roles that a member of this type may have
};

/// By id, else by value, else by display name, case counting. Left out: `User`, or default access
/// where the application has no enabled role for members of this type.
[[nodiscard]] RoleChoice choose_role(const std::optional<std::string>& role,
                                     model::DesiredMember::Type member,
                                     const std::vector<model::LiveAppRole>& roles);

/// How a role is called in plans and change ids: its value, else its display name, or its id where
/// another role has that name too; nullopt for default access.
[[nodiscard]] std::optional<std::string> role_name(const std::string& app_role_id,
                                                   const std::vector<model::LiveAppRole>& roles);

/// The manifest's `role` of a provisional assignment.add, nullopt where it was left out.
[[nodiscard]] std::optional<std::string> requested_role(const Change& change);

}  // namespace syncwright::plan
