#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr const char* default_access = "00000000-0000-0000-0000-000000000000";

constexpr std::array<FilterRule, 2> assignment_filters{{
    {"principalDisplayName", bits(eq, starts_with), 0},
    {"resourceId", bits(eq), 0},
}};

Listing listing(const std::string& service_principal) {
  Listing listing;
  listing.context = fmt::format("servicePrincipals('{}')/appRoleAssignedTo", service_principal);
  listing.type = "appRoleAssignment";
  listing.filters = assignment_filters;
  return listing;
}

/// Beta calls the time of the assignment otherwise (docs/graph.md#7).
Json assignment_on_wire(const Json& value, const Call& call) {
  Json wire = value;
  if (!call.is_beta()) return wire;
  wire["creationTimestamp"] = std::move(wire["createdDateTime"]);
  wire.erase("createdDateTime");
  return wire;
}

struct Principal {
  std::string type;  // "User", "Group" or "ServicePrincipal"
  std::string name;
};

/// nullopt where nothing that may be assigned has the id: groups must be security-enabled.
std::optional<Principal> find_principal(const Exchange& exchange, const std::string& id) {
  const Json* user = user_to_change(exchange, id);
  if (user && string_or(*user, "id") == id) {  // and not its userPrincipalName
    return Principal{"User", string_or(*user, "displayName")};
  }
  if (const Json* group = group_to_change(exchange, id)) {
    if (!bool_or(*group, "securityEnabled", true)) return std::nullopt;
    return Principal{"Group", string_or(*group, "displayName")};
  }
  if (const Json* other = exchange.service_principal(id)) {
    return Principal{"ServicePrincipal", string_or(*other, "displayName")};
  }
  return std::nullopt;
}

bool allows(const Json& role, const char* member_type) {
  const Json& types = member_or_null(role, "allowedMemberTypes");
  return bool_or(role, "isEnabled", false) &&
         std::find(types.begin(), types.end(), Json(member_type)) != types.end();
}

/// An enabled role for members of that kind; the zero id only where there is no such role.
bool is_valid_role(const Json& service_principal, const std::string& id,
                   const Principal& principal) {
  const char* member_type = principal.type == "ServicePrincipal" ? "Application" : "User";
  const Json& roles = member_or_null(service_principal, "appRoles");
  if (id == default_access) {
    return std::none_of(roles.begin(), roles.end(),
                        [&](const Json& role) { return allows(role, member_type); });
  }
  return std::any_of(roles.begin(), roles.end(), [&](const Json& role) {
    return string_or(role, "id") == id && allows(role, member_type);
  });
}

/// 43 characters of base64url, unrelated to the ids it joins.
std::string new_assignment_id() {
  std::string bytes;
  while (bytes.size() < 32) bytes += static_cast<char>(random_below(256));
  return base64url_encode(bytes);
}

bool is_duplicate(const Exchange& exchange, const Json& body) {
  const std::vector<const Assignment*> of_principal =
      exchange.store.assignments.with("principalId", string_or(body, "principalId"));
  return std::any_of(of_principal.begin(), of_principal.end(), [&](const Assignment* assignment) {
    return !assignment->deleted &&
           string_or(assignment->value, "resourceId") == string_or(body, "resourceId") &&
           string_or(assignment->value, "appRoleId") == string_or(body, "appRoleId");
  });
}

std::optional<Reply> check(const Exchange& exchange, const Json& service_principal,
                           std::optional<Principal>& principal) {
  const Json& body = exchange.call.body;
  for (const char* required : {"principalId", "resourceId", "appRoleId"}) {
    if (string_or(body, required).empty()) {
      return bad_request(fmt::format("The property '{}' is required.", required));
    }
  }
  if (string_or(body, "resourceId") != string_or(service_principal, "id"))
    return invalid_reference();
  principal = find_principal(exchange, string_or(body, "principalId"));
  if (!principal) return invalid_reference();
  if (!is_valid_role(service_principal, string_or(body, "appRoleId"), *principal)) {
    return bad_request("Permission being assigned was not found on application.");
  }
  if (is_duplicate(exchange, body)) {
    return duplicate_value("Permission being assigned already exists on the object");
  }
  return std::nullopt;
}

}  // namespace

Reply list_assignments(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!exchange.service_principal(id)) return resource_not_found(id);
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const Assignment* assignment : exchange.store.assignments.with("resourceId", id)) {
    if (exchange.store.shows(assignment->created, assignment->deleted, exchange.call.now)) {
      items.push_back(&values.emplace_back(assignment_on_wire(assignment->value, exchange.call)));
    }
  }
  return list(exchange, listing(id), std::move(items));
}

Reply create_assignment(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* service_principal = exchange.service_principal(id);
  if (!service_principal) return resource_not_found(id);
  std::optional<Principal> principal;
  if (auto refusal = check(exchange, *service_principal, principal)) return *refusal;
  const Json& body = exchange.call.body;
  Json value = {{"id", new_assignment_id()},
                {"deletedDateTime", nullptr},
                {"appRoleId", body["appRoleId"]},
                {"createdDateTime", format_rfc3339(exchange.call.now)},
                {"principalDisplayName", principal->name},
                {"principalId", body["principalId"]},
                {"principalType", principal->type},
                {"resourceDisplayName", string_or(*service_principal, "displayName")},
                {"resourceId", id}};
  Reply reply;
  reply.status = 201;
  reply.context = listing(id).context + "/$entity";
  reply.location = fmt::format("{}/{}", listing(id).context, string_or(value, "id"));
  reply.body = assignment_on_wire(value, exchange.call);
  const std::string assignment_id = string_or(value, "id");
  exchange.store.assignments.add(assignment_id,
                                 {std::move(value), exchange.call.now, std::nullopt});
  return reply;
}

Reply delete_assignment(const Exchange& exchange) {
  const std::string& service_principal = exchange.call.parameters[0];
  const std::string& id = exchange.call.parameters[1];
  const Assignment* assignment = exchange.store.assignments.find(id);
  const bool is_there =
      assignment && string_or(assignment->value, "resourceId") == service_principal &&
      !assignment->deleted &&
      exchange.store.shows(assignment->created, assignment->deleted, exchange.call.now);
  if (!is_there) return resource_not_found(id);
  exchange.store.assignments.edit(id).deleted = exchange.call.now;
  return no_content();
}

}  // namespace syncwright::emulator
