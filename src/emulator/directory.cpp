#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "graph_error.h"
#include "listing.h"
#include "resources.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::array<FilterRule, 9> user_filters{{
    {"id", bits(eq, in), 0},
    {"accountEnabled", bits(eq, in), bits(ne)},
    {"department", bits(eq, in, starts_with), bits(ne)},
    {"displayName", bits(eq, in, starts_with, ordering), bits(ne, ends_with)},
    {"employeeId", bits(eq, in, starts_with), bits(ne)},
    {"givenName", bits(eq, in, starts_with), bits(ne)},
    {"mail", bits(eq, in, starts_with), bits(ne, ends_with)},
    {"surname", bits(eq, in, starts_with), bits(ne)},
    {"userPrincipalName", bits(eq, in, starts_with), bits(ne, ends_with)},
}};

constexpr std::array<FilterRule, 5> group_filters{{
    {"id", bits(eq, in), 0},
    {"displayName", bits(eq, in, starts_with, ordering), bits(ne, ends_with)},
    {"mail", bits(eq, in, starts_with), bits(ne, ends_with)},
    {"mailNickname", bits(eq, in, starts_with), bits(ne)},
    {"securityEnabled", bits(eq, in), bits(ne)},
}};

/// What a user has without `$select`; further properties only where they are asked for.
constexpr std::array<const char*, 11> default_user_properties{
    "id",          "businessPhones", "displayName",       "givenName", "jobTitle",         "mail",
    "mobilePhone", "officeLocation", "preferredLanguage", "surname",   "userPrincipalName"};

constexpr std::array<const char*, 17> more_user_properties{
    "accountEnabled", "ageGroup",        "city",          "companyName",
    "country",        "createdDateTime", "department",    "employeeHireDate",
    "employeeId",     "employeeType",    "faxNumber",     "mailNickname",
    "postalCode",     "state",           "streetAddress", "usageLocation",
    "userType"};

constexpr std::array<const char*, 11> group_properties{
    "createdDateTime", "deletedDateTime", "description",     "displayName",     "id",        "mail",
    "mailEnabled",     "mailNickname",    "renewedDateTime", "securityEnabled", "visibility"};

Listing users_listing() {
  Listing listing;
  listing.context = "users";
  listing.type = "user";
  listing.filters = user_filters;
  listing.sort_key = "displayName";
  return listing;
}

Listing groups_listing() {
  Listing listing;
  listing.context = "groups";
  listing.type = "group";
  listing.filters = group_filters;
  listing.sort_key = "displayName";
  return listing;
}

/// `everything`: for filters and `$select`, which may name any property.
Json user_on_wire(const Json& user, bool everything) {
  Json wire = Json::object();
  for (const char* name : default_user_properties) wire[name] = member_or_null(user, name);
  if (wire["businessPhones"].is_null()) wire["businessPhones"] = Json::array();
  if (!everything) return wire;
  for (const char* name : more_user_properties) wire[name] = member_or_null(user, name);
  wire["onPremisesExtensionAttributes"] = member_or_null(user, "onPremisesExtensionAttributes");
  return wire;
}

Json group_on_wire(const Json& group) {
  Json wire = {{"groupTypes", Json::array()}, {"proxyAddresses", Json::array()}};
  for (const char* name : group_properties) wire[name] = member_or_null(group, name);
  return wire;
}

const Json* find(const std::vector<Json>& objects, const std::string& id) {
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Json& object) {
    return string_or(object, "id") == id ||
           ascii::equal_ignoring_case(string_or(object, "userPrincipalName"), id);
  });
  return found == objects.end() || id.empty() ? nullptr : &*found;
}

/// Drops what only `$select` shows from the objects of a list.
void keep_default_properties(const Exchange& exchange, Reply& reply) {
  if (exchange.call.query.get("$select") || reply.status != 200) return;
  for (Json& user : reply.body["value"]) user = user_on_wire(user, false);
}

}  // namespace

Reply list_users(const Exchange& exchange) {
  std::deque<Json> values;
  std::vector<const Json*> items;
  items.reserve(exchange.store.users.size());
  for (const Json& user : exchange.store.users) {
    items.push_back(&values.emplace_back(user_on_wire(user, true)));
  }
  Reply reply = list(exchange, users_listing(), std::move(items));
  keep_default_properties(exchange, reply);
  return reply;
}

Reply get_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = find(exchange.store.users, id);
  if (!user) return resource_not_found(id);
  const bool selects = exchange.call.query.get("$select").has_value();
  return entity(exchange, users_listing(), user_on_wire(*user, selects));
}

Reply list_groups(const Exchange& exchange) {
  std::deque<Json> values;
  std::vector<const Json*> items;
  items.reserve(exchange.store.groups.size());
  for (const Json& group : exchange.store.groups) {
    items.push_back(&values.emplace_back(group_on_wire(group)));
  }
  return list(exchange, groups_listing(), std::move(items));
}

Reply get_group(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = find(exchange.store.groups, id);
  return group ? entity(exchange, groups_listing(), group_on_wire(*group)) : resource_not_found(id);
}

Reply list_group_members(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = find(exchange.store.groups, id);
  if (!group) return resource_not_found(id);
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const Json& member : member_or_null(*group, "members")) {
    const std::string member_id = member.is_string() ? member.get<std::string>() : "";
    Json value;
    if (const Json* user = find(exchange.store.users, member_id)) {
      value = user_on_wire(*user, exchange.call.query.get("$select").has_value());
      value["@odata.type"] = "#microsoft.graph.user";
    } else if (const Json* nested = find(exchange.store.groups, member_id)) {
      value = group_on_wire(*nested);
      value["@odata.type"] = "#microsoft.graph.group";
    } else {
      continue;
    }
    items.push_back(&values.emplace_back(std::move(value)));
  }
  Listing listing;
  listing.context = "directoryObjects";
  listing.type = "directoryObject";
  return list(exchange, listing, std::move(items));
}

Reply get_organization(const Exchange& exchange) {
  const Store& store = exchange.store;
  const Json domain = {{"name", store.default_domain},
                       {"capabilities", "Email, OfficeCommunicationsOnline"},
                       {"isDefault", true},
                       {"isInitial", true},
                       {"type", "Managed"}};
  const Json value = {{"id", exchange.tenant_id()},
                      {"displayName", store.tenant_name},
                      {"deletedDateTime", nullptr},
                      {"tenantType", "AAD"},
                      {"verifiedDomains", {domain}}};
  Listing listing;
  listing.context = "organization";
  listing.type = "organization";
  return list(exchange, listing, {&value});
}

}  // namespace syncwright::emulator
