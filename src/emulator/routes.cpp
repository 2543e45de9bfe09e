#include "emulator/routes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

using enum http::HttpMethod;
using P = Permission;

constexpr std::string_view unlogged{};

// Longer literals stand before the `*` that would swallow them.
constexpr std::array routes{
    Route{get, "applicationTemplates", P::any_token, list_application_templates},
    Route{get, "applicationTemplates/$count", P::any_token, count_application_templates},
    Route{get, "applicationTemplates/*", P::any_token, get_application_template},
    Route{post, "applicationTemplates/*/instantiate", P::application_write,
          instantiate_application_template, "Add application"},

    Route{get, "applications", P::application_read, list_applications},
    Route{get, "applications/$count", P::application_read, count_applications},
    Route{post, "applications", P::application_write, create_application, "Add application"},
    Route{get, "applications/*", P::application_read, get_application},
    Route{patch, "applications/*", P::application_write, patch_application, "Update application"},
    Route{del, "applications/*", P::application_write, delete_application, "Delete application"},
    Route{get, "applications/*/synchronization/templates", P::synchronization_read, list_templates},
    Route{get, "applications/*/synchronization/templates/*", P::synchronization_read, get_template},
    Route{patch, "applications/*/synchronization/templates/*", P::synchronization_write,
          update_template},
    Route{put, "applications/*/synchronization/templates/*", P::synchronization_write,
          update_template},
    Route{get, "applications/*/synchronization/templates/*/schema", P::synchronization_read,
          get_schema},
    Route{put, "applications/*/synchronization/templates/*/schema", P::synchronization_write,
          put_template_schema},
    Route{del, "applications/*/synchronization/templates/*/schema", P::synchronization_write,
          reset_template_schema},
    Route{get, "applications/*/synchronization/templates/*/schema/functions",
          P::synchronization_write, list_mapping_functions},
    Route{get, "applications/*/synchronization/templates/*/schema/filterOperators",
          P::synchronization_write, list_filter_operators},
    Route{post, "applications/*/synchronization/templates/*/schema/parseExpression",
          P::synchronization_write, parse_mapping_expression},
    Route{get, "applications/*/owners", P::application_read, list_owners},
    Route{get, "applications/*/owners/$count", P::application_read, count_owners},
    Route{post, "applications/*/owners/$ref", P::application_write, add_owner_by_reference,
          "Add owner to application"},
    Route{del, "applications/*/owners/*/$ref", P::application_write, remove_owner,
          "Remove owner from application"},
    Route{get, "applications/*/extensionProperties", P::application_read,
          list_extension_properties},
    Route{post, "applications/*/extensionProperties", P::application_write,
          create_extension_property, "Update application"},
    Route{get, "applications/*/extensionProperties/*", P::application_read, get_extension_property},
    Route{del, "applications/*/extensionProperties/*", P::application_write,
          delete_extension_property, "Update application"},

    Route{post, "applications/*/addPassword", P::application_write, add_application_password,
          "Update application – Certificates and secrets management"},
    Route{post, "applications/*/removePassword", P::application_write, remove_application_password,
          "Update application – Certificates and secrets management"},
    Route{get, "applications/*/federatedIdentityCredentials", P::application_read,
          list_federated_credentials},
    Route{post, "applications/*/federatedIdentityCredentials", P::application_write,
          create_federated_credential, "Update application"},
    Route{get, "applications/*/federatedIdentityCredentials/*", P::application_read,
          get_federated_credential},
    Route{patch, "applications/*/federatedIdentityCredentials/*", P::application_write,
          patch_federated_credential, "Update application"},
    Route{del, "applications/*/federatedIdentityCredentials/*", P::application_write,
          delete_federated_credential, "Update application"},

    Route{get, "directory/deletedItems", P::any_token, refuse_deleted_items_of_every_type},
    Route{get, "directory/deletedItems/microsoft.graph.application", P::application_read,
          list_deleted_applications},
    Route{get, "directory/deletedItems/microsoft.graph.servicePrincipal", P::application_read,
          list_deleted_service_principals},
    Route{get, "directory/deletedItems/microsoft.graph.user", P::user_read, list_deleted_users},
    Route{get, "directory/deletedItems/microsoft.graph.group", P::group_read, list_deleted_groups},
    Route{get, "directory/deletedItems/microsoft.graph.application/$count", P::application_read,
          count_deleted_applications},
    Route{get, "directory/deletedItems/microsoft.graph.servicePrincipal/$count",
          P::application_read, count_deleted_service_principals},
    Route{get, "directory/deletedItems/microsoft.graph.user/$count", P::user_read,
          count_deleted_users},
    Route{get, "directory/deletedItems/microsoft.graph.group/$count", P::group_read,
          count_deleted_groups},
    Route{get, "directory/deletedItems/*", P::any_token, get_deleted_item},
    Route{post, "directory/deletedItems/*/restore", P::any_token, restore_deleted_item,
          "Restore *"},
    Route{del, "directory/deletedItems/*", P::any_token, purge_deleted_item, "Hard Delete *"},

    Route{get, "servicePrincipals", P::application_read, list_service_principals},
    Route{get, "servicePrincipals/$count", P::application_read, count_service_principals},
    Route{post, "servicePrincipals", P::application_write, create_service_principal,
          "Add service principal"},
    Route{get, "servicePrincipals/*", P::application_read, get_service_principal},
    Route{patch, "servicePrincipals/*", P::application_write, patch_service_principal,
          "Update service principal"},
    Route{del, "servicePrincipals/*", P::application_write, delete_service_principal,
          "Remove service principal"},

    Route{post, "servicePrincipals/*/addPassword", P::application_write,
          add_service_principal_password, "Add service principal credentials"},
    Route{post, "servicePrincipals/*/removePassword", P::application_write,
          remove_service_principal_password, "Remove service principal credentials"},

    Route{get, "servicePrincipals/*/appRoleAssignedTo", P::application_read, list_assignments},
    Route{post, "servicePrincipals/*/appRoleAssignedTo", P::assignment_write, create_assignment,
          "Add app role assignment to service principal"},
    Route{get, "servicePrincipals/*/appRoleAssignedTo/*", P::application_read, get_assignment},
    Route{del, "servicePrincipals/*/appRoleAssignedTo/*", P::assignment_write, delete_assignment,
          "Remove app role assignment from service principal"},
    Route{get, "servicePrincipals/*/appRoleAssignments", P::application_read, list_assignments},
    Route{post, "servicePrincipals/*/appRoleAssignments", P::assignment_write, create_assignment,
          "Add app role assignment to service principal"},
    Route{get, "servicePrincipals/*/appRoleAssignments/*", P::application_read, get_assignment},
    Route{del, "servicePrincipals/*/appRoleAssignments/*", P::assignment_write, delete_assignment,
          "Remove app role assignment from service principal"},
    Route{get, "servicePrincipals/*/owners", P::application_read, list_owners},
    Route{get, "servicePrincipals/*/owners/$count", P::application_read, count_owners},
    Route{post, "servicePrincipals/*/owners/$ref", P::application_write, add_owner_by_reference,
          "Add owner to service principal"},
    Route{del, "servicePrincipals/*/owners/*/$ref", P::application_write, remove_owner,
          "Remove owner from service principal"},

    Route{get, "users", P::user_read, list_users},
    Route{post, "users", P::user_write, create_user, "Add user"},
    Route{get, "users/$count", P::user_read, count_users},
    Route{get, "users/*", P::user_read, get_user},
    Route{patch, "users/*", P::user_write, patch_user, "Update user"},
    Route{del, "users/*", P::user_write, delete_user, "Delete user"},
    Route{get, "users/*/appRoleAssignments", P::assignment_read, list_assignments},
    Route{post, "users/*/appRoleAssignments", P::assignment_write, create_assignment,
          "Add app role assignment grant to user"},
    Route{get, "users/*/appRoleAssignments/*", P::assignment_read, get_assignment},
    Route{del, "users/*/appRoleAssignments/*", P::assignment_write, delete_assignment,
          "Remove app role assignment from user"},
    Route{get, "users/*/manager", P::user_read, get_manager_of_user},
    Route{get, "groups", P::group_read, list_groups},
    Route{post, "groups", P::group_write, create_group, "Add group"},
    Route{get, "groups/$count", P::group_read, count_groups},
    Route{get, "groups/*", P::group_read, get_group},
    Route{patch, "groups/*", P::group_write, patch_group, "Update group"},
    Route{del, "groups/*", P::group_write, delete_group, "Delete group"},
    Route{get, "groups/*/members", P::group_read, list_group_members},
    Route{get, "groups/*/members/$count", P::group_read, count_group_members},
    Route{get, "groups/*/members/*", P::group_read, list_group_members_of_type},
    Route{get, "groups/*/members/*/$count", P::group_read, count_group_members_of_type},
    Route{post, "groups/*/members/$ref", P::member_write, add_group_member, "Add member to group"},
    Route{del, "groups/*/members/*/$ref", P::member_write, remove_group_member,
          "Remove member from group"},
    Route{get, "groups/*/owners", P::group_read, list_owners},
    Route{get, "groups/*/owners/$count", P::group_read, count_owners},
    Route{post, "groups/*/owners/$ref", P::group_write, add_owner_by_reference,
          "Add owner to group"},
    Route{del, "groups/*/owners/*/$ref", P::group_write, remove_owner, "Remove owner from group"},
    Route{get, "groups/*/appRoleAssignments", P::assignment_read, list_assignments},
    Route{post, "groups/*/appRoleAssignments", P::assignment_write, create_assignment,
          "Add app role assignment to group"},
    Route{get, "groups/*/appRoleAssignments/*", P::assignment_read, get_assignment},
    Route{del, "groups/*/appRoleAssignments/*", P::assignment_write, delete_assignment,
          "Remove app role assignment from group"},
    Route{get, "organization", P::organization_read, get_organization},

    Route{get, "policies/crossTenantAccessPolicy", P::policy_read, get_cross_tenant_access_policy},
    Route{patch, "policies/crossTenantAccessPolicy", P::policy_write,
          patch_cross_tenant_access_policy},
    Route{get, "policies/crossTenantAccessPolicy/default", P::policy_read,
          get_cross_tenant_access_default},
    Route{patch, "policies/crossTenantAccessPolicy/default", P::policy_write,
          patch_cross_tenant_access_default},
    Route{post, "policies/crossTenantAccessPolicy/default/resetToSystemDefault", P::policy_write,
          reset_cross_tenant_access_default},
    Route{get, "policies/crossTenantAccessPolicy/partners", P::policy_read,
          list_cross_tenant_partners},
    Route{post, "policies/crossTenantAccessPolicy/partners", P::policy_write,
          create_cross_tenant_partner},
    Route{get, "policies/crossTenantAccessPolicy/partners/*", P::policy_read,
          get_cross_tenant_partner},
    Route{patch, "policies/crossTenantAccessPolicy/partners/*", P::policy_write,
          patch_cross_tenant_partner},
    Route{del, "policies/crossTenantAccessPolicy/partners/*", P::policy_write,
          delete_cross_tenant_partner},
    Route{get, "policies/crossTenantAccessPolicy/partners/*/identitySynchronization",
          P::policy_read, get_partner_synchronization},
    Route{put, "policies/crossTenantAccessPolicy/partners/*/identitySynchronization",
          P::policy_write, put_partner_synchronization},
    Route{patch, "policies/crossTenantAccessPolicy/partners/*/identitySynchronization",
          P::policy_write, patch_partner_synchronization},
    Route{del, "policies/crossTenantAccessPolicy/partners/*/identitySynchronization",
          P::policy_write, delete_partner_synchronization},

    Route{get, "servicePrincipals/*/synchronization/templates", P::synchronization_read,
          list_templates},
    Route{get, "servicePrincipals/*/synchronization/templates/*", P::synchronization_read,
          get_template},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema", P::synchronization_read,
          get_schema},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/functions",
          P::synchronization_write, list_mapping_functions},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/filterOperators",
          P::synchronization_write, list_filter_operators},
    Route{post, "servicePrincipals/*/synchronization/templates/*/schema/parseExpression",
          P::synchronization_write, parse_mapping_expression},

    Route{get, "applications/*/synchronization", P::synchronization_read, get_synchronization},
    Route{post, "applications/*/synchronization/acquireAccessToken", P::synchronization_write,
          acquire_access_token},
    Route{get, "servicePrincipals/*/synchronization", P::synchronization_read, get_synchronization},
    Route{post, "servicePrincipals/*/synchronization/acquireAccessToken", P::synchronization_write,
          acquire_access_token},
    Route{get, "servicePrincipals/*/synchronization/Ping", P::synchronization_read,
          ping_synchronization, unlogged, Versions::beta},

    Route{get, "servicePrincipals/*/synchronization/jobs", P::synchronization_read, list_jobs},
    Route{post, "servicePrincipals/*/synchronization/jobs", P::synchronization_write, create_job,
          "Add provisioning configuration"},
    Route{post, "servicePrincipals/*/synchronization/jobs/validateCredentials",
          P::synchronization_write, validate_credentials},
    Route{get, "servicePrincipals/*/synchronization/jobs/*", P::synchronization_read, get_job},
    Route{del, "servicePrincipals/*/synchronization/jobs/*", P::synchronization_write, delete_job,
          "Delete provisioning configuration"},
    Route{patch, "servicePrincipals/*/synchronization/jobs/*", P::synchronization_write,
          lacks_this_verb},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/start", P::synchronization_write,
          start_job, "Enable/start provisioning configuration"},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/pause", P::synchronization_write,
          pause_job, "Disable/pause provisioning configuration"},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/restart", P::synchronization_write,
          restart_job, "Enable/restart provisioning configuration"},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/validateCredentials",
          P::synchronization_write, validate_job_credentials},

    Route{get, "servicePrincipals/*/synchronization/jobs/*/schema", P::synchronization_read,
          get_schema},
    Route{put, "servicePrincipals/*/synchronization/jobs/*/schema", P::synchronization_write,
          put_schema, "Update attribute mappings or scope"},
    Route{del, "servicePrincipals/*/synchronization/jobs/*/schema", P::synchronization_write,
          reset_schema, "Update attribute mappings or scope"},
    Route{patch, "servicePrincipals/*/synchronization/jobs/*/schema", P::synchronization_write,
          lacks_this_verb},

    Route{get, "servicePrincipals/*/synchronization/jobs/*/schema/functions",
          P::synchronization_write, list_mapping_functions},
    Route{get, "servicePrincipals/*/synchronization/jobs/*/schema/filterOperators",
          P::synchronization_write, list_filter_operators},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/schema/parseExpression",
          P::synchronization_write, parse_mapping_expression},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/provisionOnDemand",
          P::synchronization_write, provision_on_demand},

    Route{post, "servicePrincipals/*/synchronization/jobs/*/bulkUpload",
          P::synchronization_data_upload, bulk_upload},

    Route{get, "applications/*/synchronization/templates/*/schema/directories",
          P::synchronization_read, list_directories},
    Route{get, "applications/*/synchronization/templates/*/schema/directories/*",
          P::synchronization_read, get_directory},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/directories",
          P::synchronization_read, list_directories},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/directories/*",
          P::synchronization_read, get_directory},
    Route{get, "servicePrincipals/*/synchronization/jobs/*/schema/directories",
          P::synchronization_read, list_directories},
    Route{get, "servicePrincipals/*/synchronization/jobs/*/schema/directories/*",
          P::synchronization_read, get_directory},
    Route{post, "servicePrincipals/*/synchronization/jobs/*/schema/directories/*/discover",
          P::discovery, discover_directory},

    Route{get, "servicePrincipals/*/synchronization/jobs/*/objectConnections", P::connection_read,
          list_object_connections, unlogged, Versions::beta},
    Route{get, "servicePrincipals/*/synchronization/jobs/*/objectConnections/*", P::connection_read,
          get_object_connection, unlogged, Versions::beta},
    Route{del, "servicePrincipals/*/synchronization/jobs/*/objectConnections/*",
          P::connection_write, delete_object_connection, unlogged, Versions::beta},

    Route{get, "servicePrincipals/*/synchronization/secrets", P::synchronization_read, get_secrets},
    Route{put, "servicePrincipals/*/synchronization/secrets", P::synchronization_write, put_secrets,
          "Update provisioning setting or credentials"},

    Route{get, "auditLogs/provisioning", P::provisioning_log_read, list_provisioning_log},
    Route{get, "auditLogs/directoryAudits", P::audit_log_read, list_directory_audits},
    Route{get, "auditLogs/directoryAudits/*", P::audit_log_read, get_directory_audit},
};

bool is_literal(std::string_view segment, std::string_view literal) {
  constexpr std::string_view name_space = "microsoft.graph.";
  if (ascii::equal_ignoring_case(segment, literal)) return true;
  return segment.size() > name_space.size() &&
         ascii::equal_ignoring_case(segment.substr(0, name_space.size()), name_space) &&
         ascii::equal_ignoring_case(segment.substr(name_space.size()), literal);
}

bool fits(std::string_view pattern, const std::vector<std::string>& segments,
          std::vector<std::string>& parameters) {
  parameters.clear();
  for (std::size_t index = 0; index < segments.size(); ++index) {
    if (pattern.empty()) return false;
    const std::size_t slash = pattern.find('/');
    const std::string_view part = pattern.substr(0, slash);
    pattern = slash == std::string_view::npos ? std::string_view() : pattern.substr(slash + 1);
    if (part == "*") {
      parameters.push_back(segments[index]);
    } else if (!is_literal(segments[index], part)) {
      return false;
    }
  }
  return pattern.empty();
}

/// How many segments the pattern shares with the path, from its beginning.
std::size_t shared_depth(std::string_view pattern, const std::vector<std::string>& segments) {
  std::size_t depth = 0;
  while (depth < segments.size() && !pattern.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('/'));
    if (part != "*" && !is_literal(segments[depth], part)) break;
    pattern.remove_prefix(std::min(pattern.size(), part.size() + 1));
    ++depth;
  }
  return depth;
}

}  // namespace

std::string unknown_segment(const std::vector<std::string>& segments, std::string_view version) {
  if (segments.empty()) return {};
  std::size_t depth = 0;
  for (const Route& route : routes) {
    if (route.versions == Versions::beta && version != "beta") continue;
    depth = std::max(depth, shared_depth(route.pattern, segments));
  }
  return segments[std::min(depth, segments.size() - 1)];
}

std::span<const Route> all_routes() {
  return routes;
}

RouteMatch find_route(http::HttpMethod method, const std::vector<std::string>& segments,
                      std::string_view version) {
  RouteMatch match;
  std::vector<std::string> parameters;
  for (const Route& route : routes) {
    if (route.versions == Versions::beta && version != "beta") continue;
    if (!fits(route.pattern, segments, parameters)) continue;
    match.knows_path = true;
    if (route.method != method) continue;
    match.route = &route;
    match.parameters = std::move(parameters);
    return match;
  }
  return match;
}

}  // namespace syncwright::emulator
