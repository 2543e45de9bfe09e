#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/source_tree.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/model/live.h"
#include "syncwright/model/unique_names.h"

namespace syncwright::graph_read {

/// The typed reads of Graph that syncwright needs. Has no writing member
/// (docs/architecture.md#decision-2). Thread-safe. Every call is one request, but `list_*` and
/// `search_gallery` follow nextLink. Answers are checked as decoders.h says.
class GraphReader {
 public:
  explicit GraphReader(GraphConnection& connection) : connection_(connection) {}

  /// A service principal as Graph shows it.
  struct ServicePrincipal {
    model::LiveReference reference;       ///< without the application's id
    std::string application_template_id;  ///< empty: it was made from no gallery template
    std::vector<std::string> tags;
  };

  /// Gallery templates with one of the display names (Graph compares without regard to case). One
  /// request, unless its URL would be longer than 6 000 bytes: then as many as needed.
  [[nodiscard]] Result<std::vector<model::GalleryTemplate>> gallery_by_names(
      const std::vector<std::string>& names, const std::stop_token& stop);
  [[nodiscard]] Result<std::optional<model::GalleryTemplate>> gallery_by_id(const std::string& id,
                                                                            std::stop_token stop);
  /// Whose display name contains the text; an empty text lists the whole gallery.
  [[nodiscard]] Result<std::vector<model::GalleryTemplate>> search_gallery(const std::string& text,
                                                                           std::stop_token stop);

  /// All of the tenant.
  [[nodiscard]] Result<std::vector<ServicePrincipal>> list_service_principals(std::stop_token stop);
  [[nodiscard]] Result<std::vector<ServicePrincipal>> list_service_principals_by_tag(
      const std::string& tag, std::stop_token stop);
  /// The same, each handed on as it is read: ten thousand are not held as a list as well.
  [[nodiscard]] Result<void> for_each_service_principal_by_tag(
      const std::string& tag, const std::function<void(ServicePrincipal)>& take,
      std::stop_token stop);
  [[nodiscard]] Result<std::vector<ServicePrincipal>> list_service_principals_by_name(
      const std::string& display_name, std::stop_token stop);
  [[nodiscard]] Result<std::vector<ServicePrincipal>> list_service_principals_by_prefix(
      const std::string& prefix, std::stop_token stop);
  [[nodiscard]] Result<std::vector<model::LiveReference>> list_applications_by_prefix(
      const std::string& prefix, std::stop_token stop);
  /// The same, and those with one of the display names (Graph compares without regard to case): one
  /// request for the prefix and 14 names, one more for each further 15 (docs/graph.md#4; Graph
  /// takes 15 clauses a filter), on at most `threads` threads. Each is handed on as it is read, one
  /// call at a time; one with a prefix and a name of another request is handed on twice.
  [[nodiscard]] Result<void> for_each_application_by_prefix_or_names(
      const std::string& prefix, const std::vector<std::string>& names, std::size_t threads,
      const std::function<void(model::LiveReference)>& take, const std::stop_token& stop);
  /// nullopt: 404.
  [[nodiscard]] Result<std::optional<ServicePrincipal>> service_principal(const std::string& id,
                                                                          std::stop_token stop);
  [[nodiscard]] Result<std::optional<ServicePrincipal>> service_principal_by_app_id(
      const std::string& app_id, std::stop_token stop);
  [[nodiscard]] Result<std::optional<model::LiveReference>> application(const std::string& id,
                                                                        std::stop_token stop);
  [[nodiscard]] Result<std::optional<model::LiveReference>> application_by_app_id(
      const std::string& app_id, std::stop_token stop);
  [[nodiscard]] Result<std::optional<model::LiveReference>> application_by_unique_name(
      const std::string& unique_name, std::stop_token stop);
  /// What soft-deleted applications hold, of whatever project: no source says that Graph can filter
  /// the list by unique name.
  [[nodiscard]] Result<model::HeldNames> held_names(std::stop_token stop);

  /// Whether the service principal of that appId was deleted and can still be restored.
  [[nodiscard]] Result<bool> is_service_principal_deleted(const std::string& app_id,
                                                          std::stop_token stop);

  /// The roles that the service principal defines, disabled ones included.
  [[nodiscard]] Result<std::vector<model::LiveAppRole>> app_roles(
      const std::string& service_principal_id, std::stop_token stop);
  /// Everybody who is assigned, sorted by principal and role (docs/graph.md#5.3).
  [[nodiscard]] Result<std::vector<model::LiveAssignment>> assignments(
      const std::string& service_principal_id, std::stop_token stop);
  /// By object id or user principal name.
  [[nodiscard]] Result<std::optional<model::LivePrincipal>> user(const std::string& id,
                                                                 std::stop_token stop);
  [[nodiscard]] Result<std::optional<model::LivePrincipal>> group(const std::string& id,
                                                                  std::stop_token stop);
  /// Graph compares display names without regard to case.
  [[nodiscard]] Result<std::vector<model::LivePrincipal>> users_by_name(
      const std::string& display_name, std::stop_token stop);
  [[nodiscard]] Result<std::vector<model::LivePrincipal>> groups_by_name(
      const std::string& display_name, std::stop_token stop);

  /// Template ids, the default one first.
  [[nodiscard]] Result<std::vector<std::string>> synchronization_templates(
      const std::string& service_principal_id, std::stop_token stop);
  [[nodiscard]] Result<std::vector<model::LiveJob>> jobs(const std::string& service_principal_id,
                                                         std::stop_token stop);
  [[nodiscard]] Result<std::optional<model::LiveJob>> job(const std::string& service_principal_id,
                                                          const std::string& job_id,
                                                          std::stop_token stop);
  [[nodiscard]] Result<schema::SynchronizationSchema> schema(
      const std::string& service_principal_id, const std::string& job_id, std::stop_token stop);
  /// The parameter keys of the functions that this job's expressions may call.
  [[nodiscard]] Result<expression::FunctionKeys> function_keys(
      const std::string& service_principal_id, const std::string& job_id, std::stop_token stop);
  /// The schema that a new job of the template has.
  [[nodiscard]] Result<schema::SynchronizationSchema> template_schema(
      const std::string& service_principal_id, const std::string& template_id,
      std::stop_token stop);
  [[nodiscard]] Result<std::vector<model::LiveSecret>> secrets(
      const std::string& service_principal_id, std::stop_token stop);

  /// What some of the reads above ask for, behind the version: for who sends one with another
  /// request (read_ahead.h).
  [[nodiscard]] static std::string service_principal_path(const std::string& id);
  [[nodiscard]] static std::string principals_of_name_path(const std::string& display_name);
  [[nodiscard]] static std::string app_roles_path(const std::string& service_principal_id);
  [[nodiscard]] static std::string application_path(const std::string& id);
  [[nodiscard]] static std::string unique_name_path(const std::string& unique_name);
  [[nodiscard]] static std::string assignments_path(const std::string& service_principal_id);
  [[nodiscard]] static std::string synchronization_templates_path(
      const std::string& service_principal_id);
  [[nodiscard]] static std::string jobs_path(const std::string& service_principal_id);
  [[nodiscard]] static std::string secrets_path(const std::string& service_principal_id);

 private:
  GraphConnection& connection_;
};

/// The id of the user with this user principal name; a guest's `#` is encoded. Needs a permission
/// to read users. ErrorKind::not_found where there is none.
[[nodiscard]] Result<std::string> find_user_id(GraphConnection& connection,
                                               const std::string& user_principal_name,
                                               std::stop_token stop);

}  // namespace syncwright::graph_read
