#pragma once

#include "emulator/exchange.h"

/// The operations of the emulated Graph, one file a resource. `parameters` of the call are the
/// segments that the route's `*` stand for, as routes.cpp lists them. Each checks that what it
/// names is visible, and answers Graph's errors otherwise.
namespace syncwright::emulator {

// application_templates.cpp
Reply list_application_templates(const Exchange& exchange);
Reply count_application_templates(const Exchange& exchange);
Reply get_application_template(const Exchange& exchange);
Reply instantiate_application_template(const Exchange& exchange);

// applications.cpp
Reply list_applications(const Exchange& exchange);
Reply count_applications(const Exchange& exchange);
Reply get_application(const Exchange& exchange);
Reply create_application(const Exchange& exchange);
Reply patch_application(const Exchange& exchange);
Reply delete_application(const Exchange& exchange);

// owners.cpp; of an application, a service principal or a group
Reply list_owners(const Exchange& exchange);
Reply count_owners(const Exchange& exchange);
Reply list_owner_references(const Exchange& exchange);
Reply add_owner_by_reference(const Exchange& exchange);
Reply remove_owner(const Exchange& exchange);

// extension_properties.cpp
Reply list_extension_properties(const Exchange& exchange);
Reply get_extension_property(const Exchange& exchange);
Reply create_extension_property(const Exchange& exchange);
Reply delete_extension_property(const Exchange& exchange);

// password_credentials.cpp
Reply add_application_password(const Exchange& exchange);
Reply remove_application_password(const Exchange& exchange);
Reply add_service_principal_password(const Exchange& exchange);
Reply remove_service_principal_password(const Exchange& exchange);
// federated_identity_credentials.cpp
Reply list_federated_credentials(const Exchange& exchange);
Reply get_federated_credential(const Exchange& exchange);
Reply create_federated_credential(const Exchange& exchange);
Reply patch_federated_credential(const Exchange& exchange);
Reply delete_federated_credential(const Exchange& exchange);

// deleted_items.cpp
Reply list_deleted_applications(const Exchange& exchange);
Reply count_deleted_applications(const Exchange& exchange);
Reply list_deleted_service_principals(const Exchange& exchange);
Reply count_deleted_service_principals(const Exchange& exchange);
Reply list_deleted_users(const Exchange& exchange);
Reply count_deleted_users(const Exchange& exchange);
Reply list_deleted_groups(const Exchange& exchange);
Reply count_deleted_groups(const Exchange& exchange);
Reply refuse_deleted_items_of_every_type(const Exchange& exchange);
/// Of any kind; each asks for the permission of its own.
Reply get_deleted_item(const Exchange& exchange);
Reply restore_deleted_item(const Exchange& exchange);
Reply purge_deleted_item(const Exchange& exchange);

// service_principals.cpp
Reply list_service_principals(const Exchange& exchange);
Reply count_service_principals(const Exchange& exchange);
Reply get_service_principal(const Exchange& exchange);
Reply create_service_principal(const Exchange& exchange);
Reply patch_service_principal(const Exchange& exchange);
Reply delete_service_principal(const Exchange& exchange);

// app_role_assignments.cpp; from the resource's end or the principal's, as the path has it
Reply list_assignments(const Exchange& exchange);
Reply get_assignment(const Exchange& exchange);
Reply create_assignment(const Exchange& exchange);
Reply delete_assignment(const Exchange& exchange);

// permission_grants.cpp
Reply list_permission_grants(const Exchange& exchange);
/// Of a user, or of a client: a service principal.
Reply list_permission_grants_of_object(const Exchange& exchange);
Reply get_permission_grant(const Exchange& exchange);
Reply create_permission_grant(const Exchange& exchange);
Reply patch_permission_grant(const Exchange& exchange);
Reply delete_permission_grant(const Exchange& exchange);

// users.cpp
Reply list_users(const Exchange& exchange);
Reply count_users(const Exchange& exchange);
Reply create_user(const Exchange& exchange);
Reply get_user(const Exchange& exchange);
Reply patch_user(const Exchange& exchange);
Reply delete_user(const Exchange& exchange);
// managers.cpp
Reply get_manager_of_user(const Exchange& exchange);
Reply get_manager_reference(const Exchange& exchange);
Reply put_manager_of_user(const Exchange& exchange);
Reply remove_manager_of_user(const Exchange& exchange);
Reply list_direct_reports(const Exchange& exchange);
Reply count_direct_reports(const Exchange& exchange);
// groups.cpp
Reply list_groups(const Exchange& exchange);
Reply count_groups(const Exchange& exchange);
Reply create_group(const Exchange& exchange);
Reply get_group(const Exchange& exchange);
Reply patch_group(const Exchange& exchange);
Reply delete_group(const Exchange& exchange);
Reply add_group_member(const Exchange& exchange);
Reply remove_group_member(const Exchange& exchange);

// memberships.cpp; lists, also of one type ("microsoft.graph.user"), direct ones and transitive
Reply list_group_members(const Exchange& exchange);
Reply count_group_members(const Exchange& exchange);
Reply list_group_member_references(const Exchange& exchange);
Reply list_memberships(const Exchange& exchange);
Reply count_memberships(const Exchange& exchange);
/// getMemberObjects as well: there is nothing but groups to be a member of.
Reply get_member_groups(const Exchange& exchange);
Reply check_member_groups(const Exchange& exchange);
Reply check_member_objects(const Exchange& exchange);
// objects_by_id.cpp
Reply get_directory_object(const Exchange& exchange);
Reply get_directory_objects_by_ids(const Exchange& exchange);
// cross_tenant_access.cpp
Reply get_cross_tenant_access_policy(const Exchange& exchange);
Reply patch_cross_tenant_access_policy(const Exchange& exchange);
Reply get_cross_tenant_access_default(const Exchange& exchange);
Reply patch_cross_tenant_access_default(const Exchange& exchange);
Reply reset_cross_tenant_access_default(const Exchange& exchange);
Reply list_cross_tenant_partners(const Exchange& exchange);
Reply create_cross_tenant_partner(const Exchange& exchange);
Reply get_cross_tenant_partner(const Exchange& exchange);
Reply patch_cross_tenant_partner(const Exchange& exchange);
Reply delete_cross_tenant_partner(const Exchange& exchange);
/// What of a partner's people is synchronized.
Reply get_partner_synchronization(const Exchange& exchange);
Reply put_partner_synchronization(const Exchange& exchange);
Reply patch_partner_synchronization(const Exchange& exchange);
Reply delete_partner_synchronization(const Exchange& exchange);

// organization.cpp
Reply get_organization(const Exchange& exchange);

// synchronization_templates.cpp; of an application or a service principal, written to of an
// application alone
Reply list_templates(const Exchange& exchange);
Reply get_template(const Exchange& exchange);
/// Replaces: what the body leaves out is erased.
Reply update_template(const Exchange& exchange);
Reply put_template_schema(const Exchange& exchange);
Reply reset_template_schema(const Exchange& exchange);

// synchronization.cpp; of an application or a service principal
Reply get_synchronization(const Exchange& exchange);
Reply acquire_access_token(const Exchange& exchange);
Reply ping_synchronization(const Exchange& exchange);

// synchronization_jobs.cpp
Reply list_jobs(const Exchange& exchange);
Reply create_job(const Exchange& exchange);
Reply get_job(const Exchange& exchange);
Reply delete_job(const Exchange& exchange);
Reply start_job(const Exchange& exchange);
Reply pause_job(const Exchange& exchange);
Reply restart_job(const Exchange& exchange);

// synchronization_schemas.cpp; written to of a job, the rest of a template's as well
Reply get_schema(const Exchange& exchange);
Reply put_schema(const Exchange& exchange);
Reply reset_schema(const Exchange& exchange);
/// PATCH of a schema or a job: the synchronization service has none (docs/graph.md#13.3).
Reply lacks_this_verb(const Exchange& exchange);
Reply list_mapping_functions(const Exchange& exchange);
Reply list_filter_operators(const Exchange& exchange);
// schema_directories.cpp; of a template's or a job's schema
Reply list_directories(const Exchange& exchange);
Reply get_directory(const Exchange& exchange);
Reply discover_directory(const Exchange& exchange);
// object_connections.cpp
Reply list_object_connections(const Exchange& exchange);
Reply get_object_connection(const Exchange& exchange);
Reply delete_object_connection(const Exchange& exchange);
// parse_expression.cpp
Reply parse_mapping_expression(const Exchange& exchange);
// provision_on_demand.cpp
Reply provision_on_demand(const Exchange& exchange);

// bulk_upload.cpp
Reply bulk_upload(const Exchange& exchange);

// synchronization_secrets.cpp
Reply get_secrets(const Exchange& exchange);
Reply put_secrets(const Exchange& exchange);
Reply validate_job_credentials(const Exchange& exchange);
Reply validate_credentials(const Exchange& exchange);

// audit_logs.cpp
Reply list_provisioning_log(const Exchange& exchange);
Reply list_directory_audits(const Exchange& exchange);
Reply get_directory_audit(const Exchange& exchange);

}  // namespace syncwright::emulator
