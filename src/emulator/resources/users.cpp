#include <fmt/format.h>

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/managers.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// The reference, "Create user".
constexpr std::array<const char*, 5> required_of_user{
    "accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"};

constexpr std::array<Expansion, 1> user_expansions{
    {{.name = "manager", .single = manager_on_wire}}};

/// Properties that only `$select` shows are left out without it.
Json shown_user(const Exchange& exchange, const Json& user) {
  return user_on_wire(user, exchange.call.query.get("$select").has_value());
}

Listing users_listing() {
  Listing listing = directory_listing(DirectoryType::user);
  listing.expansions = user_expansions;
  listing.shown = shown_user;
  return listing;
}

/// What a list of users shows, with every property, as `values` holds it.
std::vector<const Json*> listed_users(const Exchange& exchange, std::deque<Json>& values) {
  std::vector<const Json*> items;
  items.reserve(exchange.store.users.size());
  for (const Json& user : exchange.store.users) {
    if (!is_in_lists(exchange, user)) continue;
    items.push_back(&values.emplace_back(user_on_wire(user, true)));
  }
  return items;
}

/// [G] The reference asks for a verified domain; its page does not say how another is refused.
Reply assumed_foreign_domain() {
  return bad_request(
      "The domain portion of the userPrincipalName property is invalid. You must use one of the "
      "verified domain names in your organization.");
}

/// [G] The same of a password that is none.
Reply assumed_no_password() {
  return bad_request(
      "The specified password does not comply with password complexity requirements.");
}

Reply invalid_value(std::string_view property) {
  return bad_request(
      fmt::format("Invalid value specified for property '{}' of resource 'User'.", property));
}

/// "extensionAttribute1" to "extensionAttribute15", as "onPremisesExtensionAttributes resource
/// type" lists them.
bool is_extension_attribute(std::string_view name) {
  for (int number = 1; number <= 15; ++number) {
    if (name == fmt::format("extensionAttribute{}", number)) return true;
  }
  return false;
}

std::optional<Reply> check_extension_attributes(const Json& body) {
  for (const auto& [name, value] : member_or_null(body, "onPremisesExtensionAttributes").items()) {
    if (!is_extension_attribute(name)) {
      return bad_request(fmt::format("Invalid property '{}'.", name));
    }
    if (!value.is_null() && !value.is_string()) return invalid_value(name);
  }
  return std::nullopt;
}

/// A name and a domain, and between them the only `@`.
std::optional<Reply> check_sign_in_name(const Exchange& exchange, const Json& user) {
  const std::string name = string_or(user, "userPrincipalName");
  const std::size_t at = name.rfind('@');
  if (name.find('@') != at || name.find_first_of(" \t\r\n") != std::string::npos) {
    return invalid_value("userPrincipalName");
  }
  const bool is_own = at != std::string::npos && at > 0 &&
                      ascii::equal_ignoring_case(std::string_view(name).substr(at + 1),
                                                 exchange.store.default_domain);
  return is_own ? check_user_principal_name(exchange, user) : assumed_foreign_domain();
}

/// Lays the request's body over the user. The password is looked at and dropped: the emulator
/// signs in everybody and keeps no secret.
std::optional<Reply> apply_body(const Exchange& exchange, Json& user) {
  const Json& body = exchange.call.body;
  Json changed = user;
  if (auto refusal = apply_patch(body, writable_user_properties(), "User", changed)) return refusal;
  if (auto refusal = check_extension_attributes(body)) return refusal;
  changed.erase("passwordProfile");
  const Json& profile = member_or_null(body, "passwordProfile");
  const bool sets_password = profile.contains("password");
  if (sets_password && string_or(profile, "password").empty()) return assumed_no_password();
  if (body.contains("userPrincipalName")) {
    if (auto refusal = check_sign_in_name(exchange, changed)) return refusal;
  }
  user = std::move(changed);
  return std::nullopt;
}

}  // namespace

Reply list_users(const Exchange& exchange) {
  std::deque<Json> values;
  return list(exchange, users_listing(), listed_users(exchange, values));
}

Reply count_users(const Exchange& exchange) {
  std::deque<Json> values;
  return count(exchange, users_listing(), listed_users(exchange, values));
}

Reply get_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = find_user(exchange, id);
  return user ? entity(exchange, users_listing(), *user) : resource_not_found(id);
}

Reply create_user(const Exchange& exchange) {
  const Json& body = exchange.call.body;
  if (auto refusal = check_required_properties(body, required_of_user, "User")) return *refusal;
  if (string_or(body["passwordProfile"], "password").empty()) return assumed_no_password();
  Json user = {{"id", random_uuid()},
               {"createdDateTime", format_rfc3339(exchange.call.now)},
               {"deletedDateTime", nullptr},
               {"manager", nullptr},
               {"userType", "Member"}};
  if (auto refusal = apply_body(exchange, user)) return *refusal;
  Reply reply;
  reply.status = 201;
  reply.context = users_listing().context + "/$entity";
  reply.location = fmt::format("users/{}", string_or(user, "id"));
  reply.body = user_on_wire(user, false);
  const std::string id = string_or(user, "id");
  exchange.store.users.add(id, std::move(user));
  return reply;
}

Reply patch_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = user_to_change(exchange, id);
  if (!user) return resource_not_found(id);
  Json changed = *user;
  if (auto refusal = apply_body(exchange, changed)) return *refusal;
  exchange.store.users.edit(string_or(*user, "id")) = std::move(changed);
  return no_content();
}

/// "Delete user": the deleted items keep it, its groups and what it is assigned to, so that a
/// restored one has them again. A cycle disables its accounts, and deletes them once it is purged.
Reply delete_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = user_to_change(exchange, id);
  if (!user) return resource_not_found(id);
  exchange.store.users.edit(string_or(*user, "id"))["deletedDateTime"] =
      format_rfc3339(exchange.call.now);
  return no_content();
}

}  // namespace syncwright::emulator
