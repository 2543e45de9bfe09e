#include "syncwright/graph_read/graph_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <tuple>
#include <utility>

#include "graph_read/collection.h"
#include "syncwright/core/text.h"
#include "syncwright/core/worker_pool.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/model/application_members.h"

namespace syncwright::graph_read {

namespace {

std::string names_of_texts() {
  std::string names;
  model::for_each_application_text(
      [&names](const auto& row) { names += std::string(",") + row.name; });
  return names;
}

const std::string kPrincipalSelect = "id,appId" + names_of_texts() + ",tags,applicationTemplateId";
constexpr std::string_view kApplicationSelect = "id,appId,displayName,createdDateTime,uniqueName";

Result<std::vector<GraphReader::ServicePrincipal>> list_all(GraphConnection& connection,
                                                            const std::string& path,
                                                            std::stop_token stop) {
  return read_collection(connection, path, decode_service_principal, std::move(stop));
}

std::string principals_path(const std::string& filter) {
  return with_query("/servicePrincipals",
                    {{"$filter", filter}, {"$select", kPrincipalSelect}, {"$top", kLargestPage}});
}

Result<std::vector<GraphReader::ServicePrincipal>> list_principals(GraphConnection& connection,
                                                                   const std::string& filter,
                                                                   std::stop_token stop) {
  return list_all(connection, principals_path(filter), std::move(stop));
}

std::string starts_with(const std::string& prefix) {
  return "startswith(displayName," + odata_string(prefix) + ")";
}

std::string tagged_with(const std::string& tag) {
  return "tags/any(t:t eq " + odata_string(tag) + ")";
}

std::string applications_path(const std::string& filter) {
  return with_query("/applications",
                    {{"$filter", filter}, {"$select", kApplicationSelect}, {"$top", kLargestPage}});
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

std::string selected_application(std::string path) {
  return with_query(std::move(path), {{"$select", kApplicationSelect}});
}

std::string selected_principal(std::string path) {
  return with_query(std::move(path), {{"$select", kPrincipalSelect}});
}

Result<std::optional<model::LiveReference>> one_application(GraphConnection& connection,
                                                            const std::string& path,
                                                            std::stop_token stop) {
  return decode_optional(connection.get(path, std::move(stop)), decode_application);
}

Result<std::optional<GraphReader::ServicePrincipal>> one_principal(GraphConnection& connection,
                                                                   const std::string& path,
                                                                   std::stop_token stop) {
  return decode_optional(connection.get(path, std::move(stop)), decode_service_principal);
}

}  // namespace

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals(
    std::stop_token stop) {
  return list_all(
      connection_,
      with_query("/servicePrincipals", {{"$select", kPrincipalSelect}, {"$top", kLargestPage}}),
      std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_tag(
    const std::string& tag, std::stop_token stop) {
  return list_principals(connection_, tagged_with(tag), std::move(stop));
}

Result<void> GraphReader::for_each_service_principal_by_tag(
    const std::string& tag, const std::function<void(ServicePrincipal)>& take,
    std::stop_token stop) {
  return for_each_decoded(connection_, principals_path(tagged_with(tag)), decode_service_principal,
                          take, std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_name(
    const std::string& display_name, std::stop_token stop) {
  return list_all(connection_, principals_of_name_path(display_name), std::move(stop));
}

Result<std::vector<GraphReader::ServicePrincipal>> GraphReader::list_service_principals_by_prefix(
    const std::string& prefix, std::stop_token stop) {
  return list_principals(connection_, starts_with(prefix), std::move(stop));
}

Result<std::vector<model::LiveReference>> GraphReader::list_applications_by_prefix(
    const std::string& prefix, std::stop_token stop) {
  return read_collection(connection_, applications_path(starts_with(prefix)), decode_application,
                         std::move(stop));
}

Result<void> GraphReader::for_each_application_by_prefix_or_names(
    const std::string& prefix, const std::vector<std::string>& names, std::size_t threads,
    const std::function<void(model::LiveReference)>& take, const std::stop_token& stop) {
  const std::vector<std::string> filters = application_filters(starts_with(prefix), names);
  std::mutex taking;
  const auto take_one = [&](model::LiveReference application) {
    const std::scoped_lock lock(taking);
    take(std::move(application));
  };
  std::vector<Result<void>> chunks(filters.size());
  run_parallel(filters.size(), threads, [&](std::size_t at) {
    chunks[at] = for_each_decoded(connection_, applications_path(filters[at]), decode_application,
                                  take_one, stop);
  });
  for (const Result<void>& chunk : chunks) {
    if (!chunk) return chunk;
  }
  return {};
}

Result<std::optional<GraphReader::ServicePrincipal>> GraphReader::service_principal(
    const std::string& id, std::stop_token stop) {
  return one_principal(connection_, service_principal_path(id), std::move(stop));
}

Result<std::optional<GraphReader::ServicePrincipal>> GraphReader::service_principal_by_app_id(
    const std::string& app_id, std::stop_token stop) {
  return one_principal(connection_,
                       selected_principal(key_path("servicePrincipals", "appId", app_id)),
                       std::move(stop));
}

Result<std::optional<model::LiveReference>> GraphReader::application(const std::string& id,
                                                                     std::stop_token stop) {
  return one_application(connection_, application_path(id), std::move(stop));
}

Result<std::optional<model::LiveReference>> GraphReader::application_by_app_id(
    const std::string& app_id, std::stop_token stop) {
  return one_application(connection_,
                         selected_application(key_path("applications", "appId", app_id)),
                         std::move(stop));
}

Result<std::optional<model::LiveReference>> GraphReader::application_by_unique_name(
    const std::string& unique_name, std::stop_token stop) {
  return one_application(connection_, unique_name_path(unique_name), std::move(stop));
}

std::string GraphReader::service_principal_path(const std::string& id) {
  return selected_principal(object_path("servicePrincipals", id));
}

std::string GraphReader::principals_of_name_path(const std::string& display_name) {
  return principals_path("displayName eq " + odata_string(display_name));
}

std::string GraphReader::app_roles_path(const std::string& service_principal_id) {
  return with_query(object_path("servicePrincipals", service_principal_id),
                    {{"$select", "id,appRoles"}});
}

std::string GraphReader::application_path(const std::string& id) {
  return selected_application(object_path("applications", id));
}

std::string GraphReader::unique_name_path(const std::string& unique_name) {
  return selected_application(key_path("applications", "uniqueName", unique_name));
}

std::string GraphReader::assignments_path(const std::string& service_principal_id) {
  return with_query(object_path("servicePrincipals", service_principal_id) + "/appRoleAssignedTo",
                    {{"$top", kLargestPage}});
}

Result<model::HeldNames> GraphReader::held_names(std::stop_token stop) {
  const std::string path = with_query("/directory/deletedItems/microsoft.graph.application",
                                      {{"$select", kApplicationSelect}, {"$top", kLargestPage}});
  model::HeldNames held;
  const Result<void> read = connection_.for_each_item(
      path,
      [&held](const Json& item) -> Result<void> {
        if (string_or(item, "uniqueName").empty()) return {};
        const auto holder = decode_application(item);
        if (!holder) return fail(holder.error());
        held.add(holder->unique_name, holder->application_id);
        return {};
      },
      std::move(stop));
  return read ? Result<model::HeldNames>(std::move(held)) : fail(read.error());
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

namespace {

constexpr std::string_view kUserSelect = "id,displayName,userPrincipalName";
constexpr std::string_view kGroupSelect = "id,displayName";

Result<std::vector<model::LivePrincipal>> by_name(GraphConnection& connection,
                                                  std::string collection, std::string_view select,
                                                  const std::string& display_name,
                                                  std::stop_token stop) {
  const std::string filter = "displayName eq " + odata_string(display_name);
  const std::string path =
      with_query(std::move(collection), {{"$filter", filter}, {"$select", select}});
  auto principals = read_collection(connection, path, decode_principal, std::move(stop));
  if (!principals) return principals;
  std::sort(principals->begin(), principals->end(),
            [](const model::LivePrincipal& left, const model::LivePrincipal& right) {
              return left.id < right.id;
            });
  return principals;
}

}  // namespace

Result<std::optional<model::LivePrincipal>> GraphReader::user(const std::string& id,
                                                              std::stop_token stop) {
  const std::string path = with_query(object_path("users", id), {{"$select", kUserSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_principal);
}

Result<std::optional<model::LivePrincipal>> GraphReader::group(const std::string& id,
                                                               std::stop_token stop) {
  const std::string path = with_query(object_path("groups", id), {{"$select", kGroupSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_principal);
}

Result<std::vector<model::LivePrincipal>> GraphReader::users_by_name(
    const std::string& display_name, std::stop_token stop) {
  return by_name(connection_, "/users", kUserSelect, display_name, std::move(stop));
}

Result<std::vector<model::LivePrincipal>> GraphReader::groups_by_name(
    const std::string& display_name, std::stop_token stop) {
  return by_name(connection_, "/groups", kGroupSelect, display_name, std::move(stop));
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

namespace {

auto sort_key(const model::LiveAssignment& assignment) {
  return std::tie(assignment.principal_id, assignment.app_role_id, assignment.id);
}

}  // namespace

Result<std::vector<model::LiveAppRole>> GraphReader::app_roles(
    const std::string& service_principal_id, std::stop_token stop) {
  const Result<Json> answer =
      connection_.get(app_roles_path(service_principal_id), std::move(stop));
  if (!answer) return fail(answer.error());
  const Json& roles = member_or_null(*answer, "appRoles");
  if (!roles.is_array()) return std::vector<model::LiveAppRole>{};
  return decode_items(roles.get<std::vector<Json>>(), decode_app_role);
}

Result<std::vector<model::LiveAssignment>> GraphReader::assignments(
    const std::string& service_principal_id, std::stop_token stop) {
  auto assignments = read_collection(connection_, assignments_path(service_principal_id),
                                     decode_assignment, std::move(stop));
  if (!assignments) return assignments;
  std::sort(assignments->begin(), assignments->end(),
            [](const model::LiveAssignment& left, const model::LiveAssignment& right) {
              return sort_key(left) < sort_key(right);
            });
  return assignments;
}

namespace {

constexpr std::string_view kSelect =
    "id,displayName,publisher,categories,supportedProvisioningTypes";
constexpr std::size_t kMaxUrl = 6000;
constexpr const char* kTemplates = "/applicationTemplates";

std::string filter_path(const std::string& filter) {
  return with_query(kTemplates, {{"$filter", filter}, {"$select", kSelect}});
}

/// The names joined to filters, each as long as a URL may be.
std::vector<std::string> name_filters(const std::vector<std::string>& names, std::size_t max_url) {
  std::vector<std::string> filters;
  for (const std::string& name : names) {
    const std::string clause = "displayName eq " + odata_string(name);
    const std::string joined = filters.empty() ? "" : filters.back() + " or " + clause;
    if (joined.empty() || filter_path(joined).size() > max_url) {
      filters.push_back(clause);
    } else {
      filters.back() = joined;
    }
  }
  return filters;
}

}  // namespace

Result<std::vector<model::GalleryTemplate>> GraphReader::gallery_by_names(
    const std::vector<std::string>& names, const std::stop_token& stop) {
  const std::size_t base = connection_.url("").size();
  std::vector<model::GalleryTemplate> found;
  for (const std::string& filter : name_filters(names, kMaxUrl - std::min(base, kMaxUrl / 2))) {
    auto chunk = read_collection(connection_, filter_path(filter), decode_gallery_template, stop);
    if (!chunk) return chunk;
    found.insert(found.end(), chunk->begin(), chunk->end());
  }
  return found;
}

Result<std::optional<model::GalleryTemplate>> GraphReader::gallery_by_id(const std::string& id,
                                                                         std::stop_token stop) {
  const std::string path =
      with_query(object_path("applicationTemplates", id), {{"$select", kSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_gallery_template);
}

Result<std::vector<model::GalleryTemplate>> GraphReader::search_gallery(const std::string& text,
                                                                        std::stop_token stop) {
  const std::string path = text.empty()
                               ? with_query(kTemplates, {{"$select", kSelect}})
                               : filter_path("contains(displayName," + odata_string(text) + ")");
  return read_collection(connection_, path, decode_gallery_template, std::move(stop));
}

}  // namespace syncwright::graph_read
