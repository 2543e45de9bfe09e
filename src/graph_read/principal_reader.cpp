#include <algorithm>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_read/plain_text.h"
#include "syncwright/model/application_members.h"

namespace syncwright {

namespace {

constexpr std::size_t kMaxId = 300;

/// Ids are opaque (docs/graph.md#5.5), but one that could leave its path segment names nothing of
/// ours.
bool usable_id(const std::string& id) {
  if (id.empty() || id.size() > kMaxId || id == "." || id == "..") return false;
  return std::none_of(id.begin(), id.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte <= 0x20 || byte == 0x7f || character == '/' || character == '\\';
  });
}

std::string names_of_texts() {
  std::string names;
  for_each_application_text([&names](const auto& row) { names += std::string(",") + row.name; });
  return names;
}

const std::string kPrincipalSelect = "id,appId" + names_of_texts() + ",tags,applicationTemplateId";
constexpr std::string_view kApplicationSelect = "id,appId,displayName,createdDateTime,uniqueName";

Result<std::vector<GraphReader::ServicePrincipal>> list_all(GraphConnection& connection,
                                                            const std::string& path,
                                                            std::stop_token stop) {
  const Result<std::vector<Json>> items = connection.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  return decode_items(*items, decode_service_principal);
}

Result<std::vector<GraphReader::ServicePrincipal>> list_principals(GraphConnection& connection,
                                                                   const std::string& filter,
                                                                   std::stop_token stop) {
  return list_all(
      connection,
      with_query("/servicePrincipals",
                 {{"$filter", filter}, {"$select", kPrincipalSelect}, {"$top", kLargestPage}}),
      std::move(stop));
}

std::string starts_with(const std::string& prefix) {
  return "startswith(displayName," + odata_string(prefix) + ")";
}

Result<std::vector<LiveReference>> list_applications(GraphConnection& connection,
                                                     const std::string& filter,
                                                     std::stop_token stop) {
  const std::string path =
      with_query("/applications",
                 {{"$filter", filter}, {"$select", kApplicationSelect}, {"$top", kLargestPage}});
  const Result<std::vector<Json>> items = connection.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  return decode_items(*items, decode_application);
}

/// `first`, then the names, in as few filters as hold them: 15 clauses, and no URL that is too long
/// for a proxy.
std::vector<std::string> application_filters(std::string first,
                                             const std::vector<std::string>& names) {
  constexpr std::size_t most_clauses = 15;
  constexpr std::size_t most_bytes = 1500;  // before they are percent-encoded
  std::vector<std::string> filters{std::move(first)};
  std::size_t clauses = 1;
  bool lists_names = false;
  for (const std::string& name : names) {
    const std::string quoted = odata_string(name);
    if (clauses == most_clauses || filters.back().size() + quoted.size() > most_bytes) {
      if (lists_names) filters.back() += ')';
      filters.emplace_back();
      clauses = 0;
      lists_names = false;
    }
    std::string& filter = filters.back();
    if (lists_names) {
      filter += ',';
    } else {
      filter += filter.empty() ? "displayName in (" : " or displayName in (";
    }
    filter += quoted;
    lists_names = true;
    ++clauses;
  }
  if (lists_names) filters.back() += ')';
  return filters;
}

Result<std::optional<LiveReference>> one_application(GraphConnection& connection, std::string path,
                                                     std::stop_token stop) {
  path = with_query(std::move(path), {{"$select", kApplicationSelect}});
  return decode_optional(connection.get(path, std::move(stop)), decode_application);
}

Result<std::optional<GraphReader::ServicePrincipal>> one_principal(GraphConnection& connection,
                                                                   std::string path,
                                                                   std::stop_token stop) {
  path = with_query(std::move(path), {{"$select", kPrincipalSelect}});
  return decode_optional(connection.get(path, std::move(stop)), decode_service_principal);
}

}  // namespace

Result<std::string> decode_id(const Json& json, std::string_view what) {
  std::string id = string_or(json, "id", string_or(json, "objectId"));
  if (usable_id(id)) return id;
  return fail(ErrorKind::malformed, "the answer holds a " + std::string(what) + " without an id");
}

std::vector<std::string> decode_strings(const Json& array) {
  std::vector<std::string> strings;
  if (!array.is_array()) return strings;
  for (const Json& item : array) {
    if (item.is_string()) strings.push_back(item.get<std::string>());
  }
  return strings;
}

Result<GraphReader::ServicePrincipal> decode_service_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "service principal");
  if (!id) return fail(id.error());
  GraphReader::ServicePrincipal principal;
  principal.reference.service_principal_id = std::move(*id);
  principal.reference.app_id = string_or(json, "appId");
  for_each_application_text(
      [&](const auto& row) { principal.reference.*row.principal = string_or(json, row.name); });
  principal.application_template_id = string_or(json, "applicationTemplateId");
  principal.tags = decode_strings(member_or_null(json, "tags"));
  if (principal.reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds a service principal without an appId");
  }
  return principal;
}

Result<LiveReference> decode_application(const Json& json) {
  Result<std::string> id = decode_id(json, "application");
  if (!id) return fail(id.error());
  LiveReference reference;
  reference.application_id = std::move(*id);
  reference.app_id = string_or(json, "appId");
  reference.display_name = string_or(json, "displayName");
  reference.created = plain_text(string_or(json, "createdDateTime"), 64);
  reference.unique_name = string_or(json, "uniqueName");
  if (reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds an application without an appId");
  }
  return reference;
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals(
    std::stop_token stop) {
  return list_all(
      connection_,
      with_query("/servicePrincipals", {{"$select", kPrincipalSelect}, {"$top", kLargestPage}}),
      std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_tag(
    const std::string& tag, std::stop_token stop) {
  return list_principals(connection_, "tags/any(t:t eq " + odata_string(tag) + ")",
                         std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_name(
    const std::string& display_name, std::stop_token stop) {
  return list_principals(connection_, "displayName eq " + odata_string(display_name),
                         std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_prefix(
    const std::string& prefix, std::stop_token stop) {
  return list_principals(connection_, starts_with(prefix), std::move(stop));
}

Result<std::vector<LiveReference>> GraphReader::list_applications_by_prefix(
    const std::string& prefix, std::stop_token stop) {
  return list_applications(connection_, starts_with(prefix), std::move(stop));
}

Result<std::vector<LiveReference>> GraphReader::list_applications_by_prefix_or_names(
    const std::string& prefix, const std::vector<std::string>& names, const std::stop_token& stop) {
  std::vector<LiveReference> found;
  for (const std::string& filter : application_filters(starts_with(prefix), names)) {
    auto chunk = list_applications(connection_, filter, stop);
    if (!chunk) return chunk;
    found.insert(found.end(), chunk->begin(), chunk->end());
  }
  return found;
}

Result<std::optional<GraphReader::ServicePrincipal>> GraphReader::service_principal(
    const std::string& id, std::stop_token stop) {
  return one_principal(connection_, object_path("servicePrincipals", id), std::move(stop));
}

Result<std::optional<GraphReader::ServicePrincipal>> GraphReader::service_principal_by_app_id(
    const std::string& app_id, std::stop_token stop) {
  return one_principal(connection_, key_path("servicePrincipals", "appId", app_id),
                       std::move(stop));
}

Result<std::optional<LiveReference>> GraphReader::application(const std::string& id,
                                                              std::stop_token stop) {
  return one_application(connection_, object_path("applications", id), std::move(stop));
}

Result<std::optional<LiveReference>> GraphReader::application_by_app_id(const std::string& app_id,
                                                                        std::stop_token stop) {
  return one_application(connection_, key_path("applications", "appId", app_id), std::move(stop));
}

Result<std::optional<LiveReference>> GraphReader::application_by_unique_name(
    const std::string& unique_name, std::stop_token stop) {
  return one_application(connection_, key_path("applications", "uniqueName", unique_name),
                         std::move(stop));
}

Result<std::vector<LiveReference>> GraphReader::list_deleted_holders(std::stop_token stop) {
  const std::string path = with_query("/directory/deletedItems/microsoft.graph.application",
                                      {{"$select", kApplicationSelect}, {"$top", kLargestPage}});
  Result<std::vector<Json>> items = connection_.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  std::erase_if(*items, [](const Json& item) { return string_or(item, "uniqueName").empty(); });
  return decode_items(*items, decode_application);
}

Result<bool> GraphReader::is_service_principal_deleted(const std::string& app_id,
                                                       std::stop_token stop) {
  const std::string path = with_query("/directory/deletedItems/microsoft.graph.servicePrincipal",
                                      {{"$select", "id,appId"}, {"$top", kLargestPage}});
  const Result<std::vector<Json>> items = connection_.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  return std::any_of(items->begin(), items->end(),
                     [&app_id](const Json& item) { return string_or(item, "appId") == app_id; });
}

}  // namespace syncwright
