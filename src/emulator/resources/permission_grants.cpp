#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/app_role_assignments.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"

/// Delegated permissions that a client has been granted on an API, for everybody or for one user
/// (docs/graph.md#5.3.1).
namespace syncwright::emulator {

namespace {

constexpr const char* for_everybody = "AllPrincipals";
constexpr const char* for_one_user = "Principal";

constexpr std::array<const char*, 3> required_of_grant{"clientId", "consentType", "resourceId"};

/// Beta has the last two, which mean nothing any longer.
constexpr std::array<WritableProperty, 7> grant_properties{{
    {"clientId", PropertyType::required_text},
    {"consentType", PropertyType::required_text},
    {"principalId", PropertyType::text},
    {"resourceId", PropertyType::required_text},
    {"scope", PropertyType::text},
    {"expiryTime", PropertyType::text},
    {"startTime", PropertyType::text},
}};
constexpr std::size_t grant_properties_of_v1 = 5;

/// "An oAuth2PermissionGrant can be updated to change which delegated permissions are granted."
constexpr std::array<WritableProperty, 1> grant_changes{{{"scope", PropertyType::text}}};

constexpr std::array<FilterRule, 5> grant_filters{{
    {"clientId", bits(FilterOperation::eq), 0},
    {"consentType", bits(FilterOperation::eq), 0},
    {"principalId", bits(FilterOperation::eq), 0},
    {"resourceId", bits(FilterOperation::eq), 0},
    {"scope", bits(FilterOperation::eq), 0},
}};

std::span<const WritableProperty> properties_in_version(const Call& call) {
  const std::span<const WritableProperty> all(grant_properties);
  return call.is_beta() ? all : all.first(grant_properties_of_v1);
}

Json grant_on_wire(const Exchange& exchange, const Json& grant) {
  Json wire = {{"id", member_or_null(grant, "id")}};
  for (const WritableProperty& property : properties_in_version(exchange.call)) {
    const std::string name(property.name);
    wire[name] = member_or_null(grant, name.c_str());
  }
  return wire;
}

Listing grants_listing() {
  Listing listing;
  listing.context = "oauth2PermissionGrants";
  listing.type = "oAuth2PermissionGrant";
  listing.filters = grant_filters;
  listing.shown = grant_on_wire;
  return listing;
}

bool is_user(const Exchange& exchange, const std::string& id) {
  const Json* user = user_to_change(exchange, id);
  return user && string_or(*user, "id") == id;  // and not its userPrincipalName
}

/// The consent is for one user or for everybody, and says whom it is for accordingly.
bool is_consistent(const Json& grant) {
  const std::string type = string_or(grant, "consentType");
  const bool names_user = !string_or(grant, "principalId").empty();
  return type == for_one_user ? names_user : type == for_everybody && !names_user;
}

bool is_granted_already(const Exchange& exchange, const Json& grant) {
  const auto of_client =
      exchange.store.permission_grants.with("clientId", string_or(grant, "clientId"));
  return std::any_of(of_client.begin(), of_client.end(), [&](const Json* other) {
    return string_or(*other, "resourceId") == string_or(grant, "resourceId") &&
           string_or(*other, "principalId") == string_or(grant, "principalId");
  });
}

/// [G] docs/graph.md#5.3.1: the pages name no refusal. The last one's words are what clients quote.
std::optional<Reply> assumed_refusal_of_grant(const Exchange& exchange, const Json& grant) {
  if (!is_consistent(grant)) {
    return bad_request(
        "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.");
  }
  const std::string principal = string_or(grant, "principalId");
  const bool is_known = exchange.service_principal(string_or(grant, "clientId")) &&
                        exchange.service_principal(string_or(grant, "resourceId")) &&
                        (principal.empty() || is_user(exchange, principal));
  if (!is_known) return invalid_reference();
  if (is_granted_already(exchange, grant)) return bad_request("Permission entry already exists.");
  return std::nullopt;
}

/// Of the user or the client that the path begins with.
std::vector<const Json*> grants_in_path(const Exchange& exchange, const std::string& id) {
  const bool is_client =
      ascii::equal_ignoring_case(exchange.call.segments.front(), "servicePrincipals");
  return exchange.store.permission_grants.with(is_client ? "clientId" : "principalId", id);
}

}  // namespace

Reply list_permission_grants(const Exchange& exchange) {
  std::vector<const Json*> items;
  for (const Json& grant : exchange.store.permission_grants) items.push_back(&grant);
  return list(exchange, grants_listing(), std::move(items));
}

Reply list_permission_grants_of_object(const Exchange& exchange) {
  const std::string id = id_in_path(exchange);
  if (id.empty()) return resource_not_found(exchange.call.parameters[0]);
  return list(exchange, grants_listing(), grants_in_path(exchange, id));
}

Reply get_permission_grant(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* grant = exchange.store.permission_grants.find(id);
  return grant ? entity(exchange, grants_listing(), *grant) : resource_not_found(id);
}

Reply create_permission_grant(const Exchange& exchange) {
  const Json& body = exchange.call.body;
  if (auto refusal = check_required_properties(body, required_of_grant, "OAuth2PermissionGrant")) {
    return *refusal;
  }
  Json grant = {{"id", new_grant_id()}};
  if (auto refusal =
          apply_patch(body, properties_in_version(exchange.call), "OAuth2PermissionGrant", grant)) {
    return *refusal;
  }
  if (auto refusal = assumed_refusal_of_grant(exchange, grant)) return *refusal;
  const std::string id = string_or(grant, "id");
  Reply reply;
  reply.status = 201;
  reply.context = grants_listing().context + "/$entity";
  reply.location = "oauth2PermissionGrants/" + id;
  reply.body = grant_on_wire(exchange, grant);
  exchange.store.permission_grants.add(id, std::move(grant));
  return reply;
}

Reply patch_permission_grant(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* grant = exchange.store.permission_grants.find(id);
  if (!grant) return resource_not_found(id);
  Json changed = grant_on_wire(exchange, *grant);  // so that null is told from unknown
  if (auto refusal =
          apply_patch(exchange.call.body, grant_changes, "OAuth2PermissionGrant", changed)) {
    return *refusal;
  }
  exchange.store.permission_grants.edit(id)["scope"] = changed["scope"];
  return no_content();
}

Reply delete_permission_grant(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.store.permission_grants.find(id)) return resource_not_found(id);
  exchange.store.permission_grants.erase(id);
  return no_content();
}

}  // namespace syncwright::emulator
