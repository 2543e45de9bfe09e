#include "emulator/resources/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/cycles/source_object.h"
#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/clock.h"

namespace syncwright::emulator {

namespace {

constexpr std::array<WritableProperty, 33> user_properties{{
    {"accountEnabled", PropertyType::boolean},
    {"ageGroup", PropertyType::text},
    {"businessPhones", PropertyType::texts},
    {"city", PropertyType::text, 128},
    {"companyName", PropertyType::text, 64},
    {"consentProvidedForMinor", PropertyType::text},
    {"country", PropertyType::text, 128},
    {"department", PropertyType::text, 64},
    {"displayName", PropertyType::required_text, 256},
    {"employeeHireDate", PropertyType::text},
    {"employeeId", PropertyType::text, 16},
    {"employeeOrgData", PropertyType::object},
    {"employeeType", PropertyType::text},
    {"faxNumber", PropertyType::text},
    {"givenName", PropertyType::text, 64},
    {"jobTitle", PropertyType::text, 128},
    {"mail", PropertyType::text},
    {"mailNickname", PropertyType::required_text, 64},
    {"mobilePhone", PropertyType::text, 64},
    {"officeLocation", PropertyType::text},
    {"onPremisesExtensionAttributes", PropertyType::object},
    {"onPremisesImmutableId", PropertyType::text},
    {"otherMails", PropertyType::texts},
    {"passwordPolicies", PropertyType::text},
    {"passwordProfile", PropertyType::object},
    {"postalCode", PropertyType::text, 40},
    {"preferredLanguage", PropertyType::text},
    {"state", PropertyType::text, 128},
    {"streetAddress", PropertyType::text, 1024},
    {"surname", PropertyType::text, 64},
    {"usageLocation", PropertyType::text, 2},
    {"userPrincipalName", PropertyType::required_text},
    {"userType", PropertyType::text},
}};

/// What a user has without `$select`; further properties only where they are asked for.
constexpr std::array<std::string_view, 10> default_user_properties{
    "businessPhones", "displayName",    "givenName",         "jobTitle", "mail",
    "mobilePhone",    "officeLocation", "preferredLanguage", "surname",  "userPrincipalName"};

constexpr std::array<const char*, 3> read_only_user_properties{"createdDateTime", "deletedDateTime",
                                                               "onPremisesSyncEnabled"};

constexpr std::array<WritableProperty, 8> group_properties{{
    {"description", PropertyType::text, 1024},
    {"displayName", PropertyType::required_text, 256},
    {"groupTypes", PropertyType::texts},
    {"mailEnabled", PropertyType::boolean},
    {"mailNickname", PropertyType::required_text, 64},
    {"preferredLanguage", PropertyType::text},
    {"securityEnabled", PropertyType::boolean},
    {"visibility", PropertyType::text},
}};

constexpr std::array<const char*, 5> read_only_group_properties{
    "createdDateTime", "deletedDateTime", "id", "mail", "renewedDateTime"};

/// A password is never kept (users.cpp), so that there is none to show.
void put_property(Json& wire, const Json& person, const WritableProperty& property) {
  const std::string name(property.name);
  const Json& value = member_or_null(person, name.c_str());
  wire[name] = value.is_null() && property.type == PropertyType::texts ? Json::array() : value;
}

bool is_shown_by_default(std::string_view name) {
  return std::find(default_user_properties.begin(), default_user_properties.end(), name) !=
         default_user_properties.end();
}

/// Who came with an older state has no time of creation, and was always there.
bool is_seen(const Json& person, Instant now, Milliseconds lag) {
  const std::optional<Instant> created = parse_rfc3339(string_or(person, "createdDateTime"));
  const std::optional<Instant> deleted = parse_rfc3339(string_or(person, "deletedDateTime"));
  return (!created || *created + lag <= now) && (!deleted || *deleted + lag > now);
}

bool is_named(const Json& person, const std::string& user_principal_name) {
  return ascii::equal_ignoring_case(string_or(person, "userPrincipalName"), user_principal_name);
}

/// nullptr where nobody passes. Most know the id: only a userPrincipalName takes a search.
template <class Test>
const Json* find_person(const Exchange& exchange, const Table<Json>& people, const std::string& key,
                        const Test& passes) {
  const auto is_meant = [&](const Json& person) {
    return passes(person) && is_seen(person, exchange.call.now, exchange.store.delay);
  };
  if (key.empty()) return nullptr;
  if (const Json* known = people.find(key)) return is_meant(*known) ? known : nullptr;
  const auto found = std::find_if(people.begin(), people.end(), [&](const Json& person) {
    return is_named(person, key) && is_meant(person);
  });
  return found == people.end() ? nullptr : &*found;
}

bool is_living(const Json& person) {
  return !is_soft_deleted(person);
}

Json with_properties(const Json& person, std::initializer_list<const char*> names) {
  Json result = Json::object();
  for (const char* name : names) result[name] = member_or_null(person, name);
  return result;
}

/// nullopt where nobody of that id is left.
std::optional<std::string> name_of(const Store& store, const std::string& id) {
  const Json* user = find_source(store, "User", id);
  if (user && is_living(*user)) return string_or(*user, "userPrincipalName");
  const Json* group = find_source(store, "Group", id);
  if (group && is_living(*group)) return string_or(*group, "displayName");
  const Replicated* principal = store.service_principals.find(id);
  if (!principal || principal->is_deleted()) return std::nullopt;
  return string_or(principal->value(), "displayName");
}

/// [G] The reference says which properties are required, and not how their absence is told.
Reply assumed_answer_to_missing(const std::string& property, const char* resource) {
  const std::string message =
      property == "passwordProfile"
          ? "A password must be specified to create a new user."
          : fmt::format("A value is required for property '{}' of resource '{}'.", property,
                        resource);
  Reply reply = bad_request(message);
  reply.body["error"]["details"] =
      Json::array({{{"code", "PropertyRequired"}, {"target", property}, {"message", message}}});
  return reply;
}

}  // namespace

std::span<const WritableProperty> writable_user_properties() {
  return user_properties;
}

std::span<const WritableProperty> writable_group_properties() {
  return group_properties;
}

Json user_on_wire(const Json& user, bool everything) {
  Json wire = {{"id", member_or_null(user, "id")}};
  for (const WritableProperty& property : user_properties) {
    if (everything || is_shown_by_default(property.name)) put_property(wire, user, property);
  }
  if (!everything) return wire;
  for (const char* name : read_only_user_properties) wire[name] = member_or_null(user, name);
  return wire;
}

Json group_on_wire(const Json& group) {
  Json wire = {{"proxyAddresses", Json::array()}};
  for (const WritableProperty& property : group_properties) put_property(wire, group, property);
  for (const char* name : read_only_group_properties) wire[name] = member_or_null(group, name);
  return wire;
}

bool is_unified(const Json& group) {
  const Json& types = list_or_empty(group, "groupTypes");
  return std::find(types.begin(), types.end(), Json("Unified")) != types.end();
}

bool is_in_lists(const Exchange& exchange, const Json& person) {
  return is_seen(person, exchange.call.now, 2 * exchange.store.delay);
}

bool is_in_deleted_items(const Exchange& exchange, const Json& person) {
  return is_soft_deleted(person) && !is_seen(person, exchange.call.now, exchange.store.delay);
}

const Json* find_user(const Exchange& exchange, const std::string& key) {
  // Whoever has the name of a deleted user is meant by it.
  if (const Json* living = user_to_change(exchange, key)) return living;
  return find_person(exchange, exchange.store.users, key, is_soft_deleted);
}

const Json* find_group(const Exchange& exchange, const std::string& id) {
  if (const Json* living = group_to_change(exchange, id)) return living;
  return find_person(exchange, exchange.store.groups, id, is_soft_deleted);
}

const Json* user_to_change(const Exchange& exchange, const std::string& key) {
  return find_person(exchange, exchange.store.users, key, is_living);
}

const Json* group_to_change(const Exchange& exchange, const std::string& id) {
  return find_person(exchange, exchange.store.groups, id, is_living);
}

std::optional<Reply> check_user_principal_name(const Exchange& exchange, const Json& user) {
  const std::string name = string_or(user, "userPrincipalName");
  const Table<Json>& users = exchange.store.users;
  const bool is_taken = std::any_of(users.begin(), users.end(), [&](const Json& other) {
    return !is_soft_deleted(other) && string_or(other, "id") != string_or(user, "id") &&
           ascii::equal_ignoring_case(string_or(other, "userPrincipalName"), name);
  });
  if (!is_taken) return std::nullopt;
  return object_conflict("userPrincipalName");
}

Json people_of(const Store& store) {
  Json users = Json::array();
  for (const Json& user : store.users) {
    if (!is_living(user)) continue;
    users.push_back(with_properties(user, {"id", "displayName", "userPrincipalName", "department",
                                           "jobTitle", "userType", "accountEnabled"}));
  }
  Json groups = Json::array();
  for (const Json& group : store.groups) {
    if (!is_living(group)) continue;
    Json& listed = groups.emplace_back(
        with_properties(group, {"id", "displayName", "description", "securityEnabled"}));
    Json& members = listed["members"] = Json::array();
    for (const Json& member : list_or_empty(group, "members")) {
      const auto name =
          member.is_string() ? name_of(store, member.get<std::string>()) : std::nullopt;
      if (name) members.push_back(*name);
    }
  }
  return {{"tenant",
           {{"id", store.tenant_id},
            {"displayName", store.tenant_name},
            {"defaultDomain", store.default_domain}}},
          {"users", std::move(users)},
          {"groups", std::move(groups)}};
}

std::optional<Reply> check_required_properties(const Json& body,
                                               std::span<const char* const> required,
                                               const char* resource) {
  if (!body.is_object()) return bad_request("The request body must hold an object.");
  for (const char* name : required) {
    if (member_or_null(body, name).is_null()) return assumed_answer_to_missing(name, resource);
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
