#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/plain_text.h"

namespace syncwright {

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

Result<LivePrincipal> decode_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "user or group");
  if (!id) return fail(id.error());
  return LivePrincipal{std::move(*id), string_or(json, "displayName"),
                       string_or(json, "userPrincipalName")};
}

}  // namespace syncwright
