#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "syncwright/core/text.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_read/user_lookup.h"

namespace syncwright {
namespace {

constexpr std::string_view kUserSelect = "id,displayName,userPrincipalName";
constexpr std::string_view kGroupSelect = "id,displayName";

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

}  // namespace

Result<LivePrincipal> decode_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "user or group");
  if (!id) return fail(id.error());
  return LivePrincipal{std::move(*id), string_or(json, "displayName"),
                       string_or(json, "userPrincipalName")};
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

bool is_object_id(std::string_view text) {
  return is_guid(text);
}

Result<std::string> find_user_id(GraphConnection& connection,
                                 const std::string& user_principal_name, std::stop_token stop) {
  const Result<Json> user = connection.get(
      with_query(object_path("users", user_principal_name), {{"$select", "id"}}), std::move(stop));
  if (user) return decode_id(*user, "user");
  Error error = user.error();
  if (error.kind == ErrorKind::not_found) {
    error.message = fmt::format("there is no user `{}`", user_principal_name);
    error.advice = "give the user principal name as the tenant has it, or the object id";
  }
  return fail(std::move(error));
}

}  // namespace syncwright
