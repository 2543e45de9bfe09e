#include <algorithm>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/application_members.h"

namespace syncwright {
namespace {

std::string names_of_texts() {
  std::string names;
  for_each_application_text([&names](const auto& row) { names += std::string(",") + row.name; });
  return names;
}

const std::string kPrincipalSelect = "id,appId" + names_of_texts() + ",tags,applicationTemplateId";
constexpr std::string_view kApplicationSelect = "id,appId,displayName,createdDateTime,uniqueName";
constexpr std::string_view kPageSize = "999";

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
                 {{"$filter", filter}, {"$select", kPrincipalSelect}, {"$top", kPageSize}}),
      std::move(stop));
}

std::string starts_with(const std::string& prefix) {
  return "startswith(displayName," + odata_string(prefix) + ")";
}

Result<std::vector<LiveReference>> list_applications(GraphConnection& connection,
                                                     const std::string& filter,
                                                     std::stop_token stop) {
  const std::string path = with_query(
      "/applications", {{"$filter", filter}, {"$select", kApplicationSelect}, {"$top", kPageSize}});
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

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals(
    std::stop_token stop) {
  return list_all(
      connection_,
      with_query("/servicePrincipals", {{"$select", kPrincipalSelect}, {"$top", kPageSize}}),
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
                                      {{"$select", kApplicationSelect}, {"$top", kPageSize}});
  Result<std::vector<Json>> items = connection_.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  std::erase_if(*items, [](const Json& item) { return string_or(item, "uniqueName").empty(); });
  return decode_items(*items, decode_application);
}

Result<bool> GraphReader::is_service_principal_deleted(const std::string& app_id,
                                                       std::stop_token stop) {
  const std::string path = with_query("/directory/deletedItems/microsoft.graph.servicePrincipal",
                                      {{"$select", "id,appId"}, {"$top", kPageSize}});
  const Result<std::vector<Json>> items = connection_.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  return std::any_of(items->begin(), items->end(),
                     [&app_id](const Json& item) { return string_or(item, "appId") == app_id; });
}

}  // namespace syncwright
