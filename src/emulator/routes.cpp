#include "emulator/routes.h"

#include <array>
#include <utility>

#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

using enum http::HttpMethod;
using P = Permission;

// Longer literals stand before the `*` that would swallow them.
constexpr std::array routes{
    Route{get, "applicationTemplates", P::any_token, list_application_templates},
    Route{get, "applicationTemplates/$count", P::any_token, count_application_templates},
    Route{get, "applicationTemplates/*", P::any_token, get_application_template},
    Route{post, "applicationTemplates/*/instantiate", P::application_write,
          instantiate_application_template, "Add application"},

    Route{get, "applications", P::application_read, list_applications},
    Route{get, "applications/$count", P::application_read, count_applications},
    Route{get, "applications/*", P::application_read, get_application},
    Route{patch, "applications/*", P::application_write, patch_application, "Update application"},
    Route{del, "applications/*", P::application_write, delete_application, "Delete application"},
    Route{get, "applications/*/synchronization/templates", P::synchronization_read,
          list_templates_of_application},

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
    Route{get, "servicePrincipals/*", P::application_read, get_service_principal},
    Route{patch, "servicePrincipals/*", P::application_write, patch_service_principal,
          "Update service principal"},
    Route{del, "servicePrincipals/*", P::application_write, delete_service_principal,
          "Remove service principal"},

    Route{get, "servicePrincipals/*/appRoleAssignedTo", P::application_read, list_assignments},
    Route{post, "servicePrincipals/*/appRoleAssignedTo", P::assignment_write, create_assignment,
          "Add app role assignment to service principal"},
    Route{del, "servicePrincipals/*/appRoleAssignedTo/*", P::assignment_write, delete_assignment,
          "Remove app role assignment from service principal"},

    Route{get, "users", P::user_read, list_users},
    Route{post, "users", P::user_write, create_user, "Add user"},
    Route{get, "users/$count", P::user_read, count_users},
    Route{get, "users/*", P::user_read, get_user},
    Route{patch, "users/*", P::user_write, patch_user, "Update user"},
    Route{del, "users/*", P::user_write, delete_user, "Delete user"},
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
          get_template_schema},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/functions",
          P::synchronization_write, list_mapping_functions},
    Route{get, "servicePrincipals/*/synchronization/templates/*/schema/filterOperators",
          P::synchronization_write, list_filter_operators},
    Route{post, "servicePrincipals/*/synchronization/templates/*/schema/parseExpression",
          P::synchronization_write, parse_mapping_expression},

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

}  // namespace

std::span<const Route> all_routes() {
  return routes;
}

RouteMatch find_route(http::HttpMethod method, const std::vector<std::string>& segments) {
  RouteMatch match;
  std::vector<std::string> parameters;
  for (const Route& route : routes) {
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
