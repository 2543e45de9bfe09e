#include <algorithm>
#include <tuple>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright {
namespace {

constexpr std::string_view kUserSelect = "id,displayName,userPrincipalName";
constexpr std::string_view kGroupSelect = "id,displayName";
constexpr std::string_view kPageSize = "999";

Result<std::vector<LivePrincipal>> by_name(GraphConnection& connection, std::string collection,
                                           std::string_view select, const std::string& display_name,
                                           std::stop_token stop) {
  const std::string filter = "displayName eq " + odata_string(display_name);
  const std::string path =
      with_query(std::move(collection), {{"$filter", filter}, {"$select", select}});
  const Result<std::vector<Json>> items = connection.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  Result<std::vector<LivePrincipal>> principals = decode_items(*items, decode_principal);
  if (!principals) return principals;
  std::sort(
      principals->begin(), principals->end(),
      [](const LivePrincipal& left, const LivePrincipal& right) { return left.id < right.id; });
  return principals;
}

auto sort_key(const LiveAssignment& assignment) {
  return std::tie(assignment.principal_id, assignment.app_role_id, assignment.id);
}

}  // namespace

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
      connection_.get_all(with_query(path, {{"$top", kPageSize}}), std::move(stop));
  if (!items) return fail(items.error());
  Result<std::vector<LiveAssignment>> assignments = decode_items(*items, decode_assignment);
  if (!assignments) return assignments;
  std::sort(assignments->begin(), assignments->end(),
            [](const LiveAssignment& left, const LiveAssignment& right) {
              return sort_key(left) < sort_key(right);
            });
  return assignments;
}

Result<std::optional<LivePrincipal>> GraphReader::user(const std::string& id,
                                                       std::stop_token stop) {
  const std::string path = with_query(object_path("users", id), {{"$select", kUserSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_principal);
}

Result<std::optional<LivePrincipal>> GraphReader::group(const std::string& id,
                                                        std::stop_token stop) {
  const std::string path = with_query(object_path("groups", id), {{"$select", kGroupSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_principal);
}

Result<std::vector<LivePrincipal>> GraphReader::users_by_name(const std::string& display_name,
                                                              std::stop_token stop) {
  return by_name(connection_, "/users", kUserSelect, display_name, std::move(stop));
}

Result<std::vector<LivePrincipal>> GraphReader::groups_by_name(const std::string& display_name,
                                                               std::stop_token stop) {
  return by_name(connection_, "/groups", kGroupSelect, display_name, std::move(stop));
}

}  // namespace syncwright
