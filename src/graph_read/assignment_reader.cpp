#include <algorithm>
#include <tuple>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_read/plain_text.h"

namespace syncwright {

namespace {

auto sort_key(const LiveAssignment& assignment) {
  return std::tie(assignment.principal_id, assignment.app_role_id, assignment.id);
}

}  // namespace

Result<LiveAppRole> decode_app_role(const Json& json) {
  Result<std::string> id = decode_id(json, "app role");
  if (!id) return fail(id.error());
  LiveAppRole role;
  role.id = std::move(*id);
  role.value = string_or(json, "value");
  role.display_name = string_or(json, "displayName");
  role.enabled = bool_or(json, "isEnabled", true);
  role.allowed_member_types = decode_strings(member_or_null(json, "allowedMemberTypes"));
  return role;
}

Result<LiveAssignment> decode_assignment(const Json& json) {
  Result<std::string> id = decode_id(json, "role assignment");
  if (!id) return fail(id.error());
  LiveAssignment assignment;
  assignment.id = std::move(*id);
  assignment.principal_id = string_or(json, "principalId");
  assignment.principal_type = string_or(json, "principalType");
  assignment.principal_name = plain_text(string_or(json, "principalDisplayName"));
  assignment.app_role_id = string_or(json, "appRoleId");
  if (assignment.principal_id.empty() || assignment.app_role_id.empty()) {
    return fail(ErrorKind::malformed,
                "the answer holds a role assignment without its principal or role");
  }
  return assignment;
}

Result<std::vector<LiveAppRole>> GraphReader::app_roles(const std::string& service_principal_id,
                                                        std::stop_token stop) {
  const Result<Json> answer =
      connection_.get(with_query(object_path("servicePrincipals", service_principal_id),
                                 {{"$select", "id,appRoles"}}),
                      std::move(stop));
  if (!answer) return fail(answer.error());
  const Json& roles = member_or_null(*answer, "appRoles");
  if (!roles.is_array()) return std::vector<LiveAppRole>{};
  return decode_items(roles.get<std::vector<Json>>(), decode_app_role);
}

Result<std::vector<LiveAssignment>> GraphReader::assignments(
    const std::string& service_principal_id, std::stop_token stop) {
  const std::string path =
      object_path("servicePrincipals", service_principal_id) + "/appRoleAssignedTo";
  const Result<std::vector<Json>> items =
      connection_.get_all(with_query(path, {{"$top", kLargestPage}}), std::move(stop));
  if (!items) return fail(items.error());
  Result<std::vector<LiveAssignment>> assignments = decode_items(*items, decode_assignment);
  if (!assignments) return assignments;
  std::sort(assignments->begin(), assignments->end(),
            [](const LiveAssignment& left, const LiveAssignment& right) {
              return sort_key(left) < sort_key(right);
            });
  return assignments;
}

}  // namespace syncwright
