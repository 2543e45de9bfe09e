#include "emulator/resources/app_role_assignments.h"

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
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"
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

/// From which end a request looks at assignments: `servicePrincipals/*/appRoleAssignedTo` from the
/// resource, `*/*/appRoleAssignments` from the principal.
struct Side {
  std::string id;          ///< of the object in the path
  const char* member;      ///< of an assignment, that holds this id
  std::string collection;  ///< "users('...')/appRoleAssignments"
};

constexpr const char* resource_member = "resourceId";
constexpr const char* principal_member = "principalId";

std::optional<Side> side_of(const Exchange& exchange) {
  const std::vector<std::string>& path = exchange.call.segments;
  Side side;
  side.id = id_in_path(exchange);
  if (side.id.empty()) return std::nullopt;
  const bool is_resource = ascii::equal_ignoring_case(path[2], "appRoleAssignedTo");
  side.member = is_resource ? resource_member : principal_member;
  side.collection = fmt::format("{}('{}')/{}", path[0], side.id, path[2]);
  return side;
}

Listing listing(const Side& side) {
  Listing listing;
  listing.context = side.collection;
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

bool is_visible(const Exchange& exchange, const Assignment& assignment) {
  return exchange.store.shows(assignment.created, assignment.deleted, exchange.call.now);
}

/// What the request sees of the assignments whose `member` is `id`.
std::deque<Json> seen_assignments(const Exchange& exchange, const char* member,
                                  const std::string& id) {
  std::deque<Json> values;
  for (const Assignment* assignment : exchange.store.assignments.with(member, id)) {
    if (is_visible(exchange, *assignment)) {
      values.push_back(assignment_on_wire(assignment->value, exchange.call));
    }
  }
  return values;
}

/// nullptr where the request sees none of that id on its side.
const Assignment* find_assignment(const Exchange& exchange, const Side& side,
                                  const std::string& id) {
  const Assignment* assignment = exchange.store.assignments.find(id);
  const bool is_it = assignment && string_or(assignment->value, side.member) == side.id &&
                     is_visible(exchange, *assignment);
  return is_it ? assignment : nullptr;
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

bool is_duplicate(const Exchange& exchange, const Json& body) {
  const std::vector<const Assignment*> of_principal =
      exchange.store.assignments.with("principalId", string_or(body, "principalId"));
  return std::any_of(of_principal.begin(), of_principal.end(), [&](const Assignment* assignment) {
    return !assignment->deleted &&
           string_or(assignment->value, "resourceId") == string_or(body, "resourceId") &&
           string_or(assignment->value, "appRoleId") == string_or(body, "appRoleId");
  });
}

/// The two ends of a new assignment.
struct Ends {
  Principal principal;
  Json resource;  ///< the service principal
};

std::optional<Reply> check(const Exchange& exchange, const Side& side, Ends& ends) {
  const Json& body = exchange.call.body;
  for (const char* required : {principal_member, resource_member, "appRoleId"}) {
    if (string_or(body, required).empty()) {
      return bad_request(fmt::format("The property '{}' is required.", required));
    }
  }
  if (string_or(body, side.member) != side.id) return invalid_reference();
  const Json* resource = exchange.service_principal(string_or(body, resource_member));
  const std::optional<Principal> principal =
      find_principal(exchange, string_or(body, principal_member));
  if (!resource || !principal) return invalid_reference();
  if (!is_valid_role(*resource, string_or(body, "appRoleId"), *principal)) {
    return bad_request("Permission being assigned was not found on application.");
  }
  if (is_duplicate(exchange, body)) {
    return duplicate_value("Permission being assigned already exists on the object");
  }
  ends = {*principal, *resource};
  return std::nullopt;
}

Json as_list(std::deque<Json> values) {
  Json list = Json::array();
  for (Json& value : values) list.push_back(std::move(value));
  return list;
}

}  // namespace

std::string new_grant_id() {
  std::string bytes;
  while (bytes.size() < 32) bytes += static_cast<char>(random_below(256));
  return base64url_encode(bytes);
}

Json assigned_to_on_wire(const Exchange& exchange, const Json& service_principal) {
  return as_list(seen_assignments(exchange, resource_member, string_or(service_principal, "id")));
}

Json assignments_on_wire(const Exchange& exchange, const Json& service_principal) {
  return as_list(seen_assignments(exchange, principal_member, string_or(service_principal, "id")));
}

Reply list_assignments(const Exchange& exchange) {
  const std::optional<Side> side = side_of(exchange);
  if (!side) return resource_not_found(exchange.call.parameters[0]);
  const std::deque<Json> values = seen_assignments(exchange, side->member, side->id);
  std::vector<const Json*> items;
  for (const Json& value : values) items.push_back(&value);
  return list(exchange, listing(*side), std::move(items));
}

Reply get_assignment(const Exchange& exchange) {
  const std::optional<Side> side = side_of(exchange);
  if (!side) return resource_not_found(exchange.call.parameters[0]);
  const std::string& id = exchange.call.parameters[1];
  const Assignment* assignment = find_assignment(exchange, *side, id);
  return assignment ? entity(exchange, listing(*side),
                             assignment_on_wire(assignment->value, exchange.call))
                    : resource_not_found(id);
}

Reply create_assignment(const Exchange& exchange) {
  const std::optional<Side> side = side_of(exchange);
  if (!side) return resource_not_found(exchange.call.parameters[0]);
  Ends ends;
  if (auto refusal = check(exchange, *side, ends)) return *refusal;
  const Json& body = exchange.call.body;
  Json value = {{"id", new_grant_id()},
                {"deletedDateTime", nullptr},
                {"appRoleId", body["appRoleId"]},
                {"createdDateTime", format_rfc3339(exchange.call.now)},
                {"principalDisplayName", ends.principal.name},
                {"principalId", body[principal_member]},
                {"principalType", ends.principal.type},
                {"resourceDisplayName", string_or(ends.resource, "displayName")},
                {"resourceId", body[resource_member]}};
  Reply reply;
  reply.status = 201;
  reply.context = side->collection + "/$entity";
  reply.location = fmt::format("{}/{}", side->collection, string_or(value, "id"));
  reply.body = assignment_on_wire(value, exchange.call);
  const std::string assignment_id = string_or(value, "id");
  exchange.store.assignments.add(assignment_id,
                                 {std::move(value), exchange.call.now, std::nullopt});
  return reply;
}

Reply delete_assignment(const Exchange& exchange) {
  const std::optional<Side> side = side_of(exchange);
  if (!side) return resource_not_found(exchange.call.parameters[0]);
  const std::string& id = exchange.call.parameters[1];
  const Assignment* assignment = find_assignment(exchange, *side, id);
  if (!assignment || assignment->deleted) return resource_not_found(id);
  exchange.store.assignments.edit(id).deleted = exchange.call.now;
  return no_content();
}

}  // namespace syncwright::emulator
