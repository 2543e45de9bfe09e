#include <fmt/format.h>

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

/// What the two tenants of a cross-tenant synchronization agree on (docs/graph.md#5.12). The
/// emulator keeps it and gives it back; it signs nobody in, so that nothing follows from it.
namespace syncwright::emulator {

namespace {

constexpr const char* policy_path = "policies/crossTenantAccessPolicy";
constexpr const char* synchronization_key = "identitySynchronization";

constexpr std::array<WritableProperty, 2> writable_policy_properties{{
    {"allowedCloudEndpoints", PropertyType::texts},
    {"displayName", PropertyType::required_text, 256},
}};

/// Of a partner; the default has all but the first.
constexpr std::array<WritableProperty, 8> writable_partner_properties{{
    {"isServiceProvider", PropertyType::boolean},
    {"automaticUserConsentSettings", PropertyType::object},
    {"b2bCollaborationInbound", PropertyType::object},
    {"b2bCollaborationOutbound", PropertyType::object},
    {"b2bDirectConnectInbound", PropertyType::object},
    {"b2bDirectConnectOutbound", PropertyType::object},
    {"inboundTrust", PropertyType::object},
    {"tenantRestrictions", PropertyType::object},
}};

constexpr std::array<WritableProperty, 2> writable_synchronization_properties{{
    {"displayName", PropertyType::text, 256},
    {"userSyncInbound", PropertyType::object},
}};

/// [G] docs/graph.md#5.12 does not say how a second partner of one tenant is refused.
Reply assumed_refusal_of_known_partner() {
  return graph_error(409, "Conflict", "A partner configuration of this tenant already exists.");
}

Json access_setting(const char* access_type) {
  const auto part = [&](const char* target, const char* target_type) {
    return Json{{"accessType", access_type},
                {"targets", Json::array({{{"target", target}, {"targetType", target_type}}})}};
  };
  return {{"usersAndGroups", part("AllUsers", "user")},
          {"applications", part("AllApplications", "application")}};
}

/// What every tenant begins with.
Json system_default() {
  return {{"isServiceDefault", true},
          {"automaticUserConsentSettings", {{"inboundAllowed", false}, {"outboundAllowed", false}}},
          {"b2bCollaborationInbound", access_setting("allowed")},
          {"b2bCollaborationOutbound", access_setting("allowed")},
          {"b2bDirectConnectInbound", access_setting("blocked")},
          {"b2bDirectConnectOutbound", access_setting("blocked")},
          {"inboundTrust",
           {{"isMfaAccepted", false},
            {"isCompliantDeviceAccepted", false},
            {"isHybridAzureADJoinedDeviceAccepted", false}}}};
}

/// Null is what the default says.
Json partner_shape(const std::string& tenant_id) {
  return {
      {"tenantId", tenant_id},
      {"automaticUserConsentSettings", {{"inboundAllowed", nullptr}, {"outboundAllowed", nullptr}}},
      {"b2bCollaborationInbound", nullptr},
      {"b2bCollaborationOutbound", nullptr},
      {"b2bDirectConnectInbound", nullptr},
      {"b2bDirectConnectOutbound", nullptr},
      {"inboundTrust", nullptr},
      {"isInMultiTenantOrganization", false},
      {"isServiceProvider", nullptr}};
}

Json policy_shape() {
  return {{"id", named_uuid("syncwright emulator cross-tenant access policy")},
          {"deletedDateTime", nullptr},
          {"allowedCloudEndpoints", Json::array()},
          {"definition", Json::array()},
          {"displayName", "CrossTenantAccessPolicy"}};
}

constexpr const char* policy_row = "policy";
constexpr const char* default_row = "default";

/// The row of this id, or `otherwise` while nobody wrote it.
Json kept_or(const Exchange& exchange, const std::string& id, Json otherwise) {
  const Json* kept = exchange.store.cross_tenant_access.find(id);
  return kept ? *kept : std::move(otherwise);
}

void keep(const Exchange& exchange, const std::string& id, Json value) {
  exchange.store.cross_tenant_access.edit_or_add(id) = std::move(value);
}

Json without_synchronization(Json partner) {
  partner.erase(synchronization_key);
  return partner;
}

Listing access_listing(const std::string& below, std::string_view type) {
  Listing listing;
  listing.context = policy_path + below;
  listing.type = type;
  listing.counts = false;
  return listing;
}

Listing partners_listing() {
  return access_listing("/partners", "crossTenantAccessPolicyConfigurationPartner");
}

/// Lays the body over a row.
Reply patch_row(const Exchange& exchange, const char* id, Json value,
                std::span<const WritableProperty> writable, const char* type) {
  if (auto refusal = apply_patch(exchange.call.body, writable, type, value)) return *refusal;
  keep(exchange, id, std::move(value));
  return no_content();
}

/// The partner of the path; nullptr where there is none.
const Json* find_partner(const Exchange& exchange) {
  const Json* row = exchange.store.cross_tenant_access.find(exchange.call.parameters[0]);
  return row && row->contains("tenantId") ? row : nullptr;
}

/// Lays the body over the user synchronization of a partner, of `before` or of nothing.
Reply write_synchronization(const Exchange& exchange, Json partner, Json before) {
  if (auto refusal = apply_patch(exchange.call.body, writable_synchronization_properties,
                                 "crossTenantIdentitySyncPolicyPartner", before)) {
    return *refusal;
  }
  partner[synchronization_key] = std::move(before);
  keep(exchange, exchange.call.parameters[0], std::move(partner));
  return no_content();
}

}  // namespace

Reply get_cross_tenant_access_policy(const Exchange& exchange) {
  Listing listing = access_listing("", "crossTenantAccessPolicy");
  return entity(exchange, listing, kept_or(exchange, policy_row, policy_shape()));
}

Reply patch_cross_tenant_access_policy(const Exchange& exchange) {
  return patch_row(exchange, policy_row, kept_or(exchange, policy_row, policy_shape()),
                   writable_policy_properties, "crossTenantAccessPolicy");
}

Reply get_cross_tenant_access_default(const Exchange& exchange) {
  const Listing listing = access_listing("/default", "crossTenantAccessPolicyConfigurationDefault");
  return entity(exchange, listing, kept_or(exchange, default_row, system_default()));
}

Reply patch_cross_tenant_access_default(const Exchange& exchange) {
  Json value = kept_or(exchange, default_row, system_default());
  value["isServiceDefault"] = false;
  return patch_row(exchange, default_row, std::move(value),
                   std::span(writable_partner_properties).subspan(1),
                   "crossTenantAccessPolicyConfigurationDefault");
}

Reply reset_cross_tenant_access_default(const Exchange& exchange) {
  keep(exchange, default_row, system_default());
  return no_content();
}

Reply list_cross_tenant_partners(const Exchange& exchange) {
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const Json& row : exchange.store.cross_tenant_access) {
    if (!row.contains("tenantId")) continue;
    items.push_back(&values.emplace_back(without_synchronization(row)));
  }
  return list(exchange, partners_listing(), std::move(items));
}

Reply create_cross_tenant_partner(const Exchange& exchange) {
  const std::string tenant_id = string_or(exchange.call.body, "tenantId");
  constexpr std::size_t letters_of_a_guid = 36;
  if (tenant_id.size() != letters_of_a_guid) {
    return bad_request(
        "A value is required for property 'tenantId' of resource "
        "'crossTenantAccessPolicyConfigurationPartner'.");
  }
  if (exchange.store.cross_tenant_access.find(tenant_id)) return assumed_refusal_of_known_partner();
  Json partner = partner_shape(tenant_id);
  Json body = exchange.call.body;
  body.erase("tenantId");
  if (!body.empty()) {
    if (auto refusal = apply_patch(body, writable_partner_properties,
                                   "crossTenantAccessPolicyConfigurationPartner", partner)) {
      return *refusal;
    }
  }
  Reply reply = entity(exchange, partners_listing(), partner);
  reply.status = 201;
  reply.location = fmt::format("{}/partners/{}", policy_path, tenant_id);
  keep(exchange, tenant_id, std::move(partner));
  return reply;
}

Reply get_cross_tenant_partner(const Exchange& exchange) {
  const Json* partner = find_partner(exchange);
  if (!partner) return resource_not_found(exchange.call.parameters[0]);
  return entity(exchange, partners_listing(), without_synchronization(*partner));
}

Reply patch_cross_tenant_partner(const Exchange& exchange) {
  const Json* partner = find_partner(exchange);
  if (!partner) return resource_not_found(exchange.call.parameters[0]);
  return patch_row(exchange, exchange.call.parameters[0].c_str(), *partner,
                   writable_partner_properties, "crossTenantAccessPolicyConfigurationPartner");
}

Reply delete_cross_tenant_partner(const Exchange& exchange) {
  if (!find_partner(exchange)) return resource_not_found(exchange.call.parameters[0]);
  exchange.store.cross_tenant_access.erase(exchange.call.parameters[0]);
  return no_content();
}

Reply get_partner_synchronization(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* partner = find_partner(exchange);
  if (!partner || !partner->contains(synchronization_key)) return resource_not_found(id);
  const Listing listing = access_listing(fmt::format("/partners('{}')/identitySynchronization", id),
                                         "crossTenantIdentitySyncPolicyPartner");
  return entity(exchange, listing, (*partner)[synchronization_key]);
}

Reply put_partner_synchronization(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* partner = find_partner(exchange);
  if (!partner) return resource_not_found(id);
  return write_synchronization(
      exchange, *partner,
      {{"displayName", nullptr}, {"tenantId", id}, {"userSyncInbound", nullptr}});
}

Reply patch_partner_synchronization(const Exchange& exchange) {
  const Json* partner = find_partner(exchange);
  if (!partner || !partner->contains(synchronization_key)) {
    return resource_not_found(exchange.call.parameters[0]);
  }
  return write_synchronization(exchange, *partner, (*partner)[synchronization_key]);
}

Reply delete_partner_synchronization(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* partner = find_partner(exchange);
  if (!partner || !partner->contains(synchronization_key)) return resource_not_found(id);
  exchange.store.cross_tenant_access.edit(id).erase(synchronization_key);
  return no_content();
}

}  // namespace syncwright::emulator
