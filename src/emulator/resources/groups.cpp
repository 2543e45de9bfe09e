#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/owners.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

/// Security groups may hold groups, Microsoft 365 groups may not ("Add members"); none holds
/// itself.
bool may_hold(const Exchange& exchange, const Json& group, const std::string& id) {
  return string_or(group, "id") != id &&
         !(is_unified(group) && find_group(exchange, id) != nullptr);
}

bool is_there(const Exchange& exchange, const std::string& id) {
  const Json* user = user_to_change(exchange, id);
  const bool has_id = user && string_or(*user, "id") == id;  // and not its userPrincipalName
  return has_id || group_to_change(exchange, id) || exchange.service_principal(id);
}

bool has_member(const Json& group, const std::string& id) {
  const Json& members = list_or_empty(group, "members");
  return std::find(members.begin(), members.end(), Json(id)) != members.end();
}

/// "Add members": 400 where the object is a member already or cannot be one, 404 where it does not
/// exist. [G] The words are not on its page.
std::optional<Reply> assumed_refusal_of_member(const Exchange& exchange, const Json& group,
                                               const std::string& url) {
  const std::string id = id_of_reference(url);
  if (id.empty()) return bad_request("Invalid URL format specified in @odata.bind or @odata.id.");
  if (!is_there(exchange, id)) return resource_not_found(id);
  if (!may_hold(exchange, group, id)) return invalid_reference();
  if (!has_member(group, id)) return std::nullopt;
  return bad_request(
      "One or more added object references already exist for the following modified properties: "
      "'members'.");
}

/// Adds the objects that a list of reference URLs names ("members@odata.bind"; at most 20, as "Add
/// members" of the reference says) to a group, all or none. Anything but a list of texts, an
/// unknown object and one that is a member already are refused.
std::optional<Reply> add_members(const Exchange& exchange, const Json& references, Json& group) {
  if (!references.is_array() || references.size() > max_references) {
    return bad_request("'members@odata.bind' must be a list of at most 20 references.");
  }
  Json changed = group;
  if (!changed["members"].is_array()) changed["members"] = Json::array();
  for (const Json& reference : references) {
    const std::string url = reference.is_string() ? reference.get<std::string>() : std::string();
    if (auto refusal = assumed_refusal_of_member(exchange, changed, url)) return refusal;
    changed["members"].push_back(id_of_reference(url));
  }
  group = std::move(changed);
  return std::nullopt;
}

/// The reference, "Create group".
constexpr std::array<const char*, 4> required_of_group{"displayName", "mailEnabled", "mailNickname",
                                                       "securityEnabled"};

Listing groups_listing() {
  return directory_listing(DirectoryType::group);
}

/// What a list of groups shows, as `values` holds it.
std::vector<const Json*> listed_groups(const Exchange& exchange, std::deque<Json>& values) {
  std::vector<const Json*> items;
  items.reserve(exchange.store.groups.size());
  for (const Json& group : exchange.store.groups) {
    if (!is_in_lists(exchange, group)) continue;
    items.push_back(&values.emplace_back(group_on_wire(group)));
  }
  return items;
}

/// "Working with groups": Graph makes Microsoft 365 groups and security groups, and no distribution
/// list. [G] The words of the refusal are not on its page.
std::optional<Reply> assumed_refusal_of_kind(const Json& group) {
  const bool is_mail_enabled = bool_or(group, "mailEnabled", false);
  const bool is_possible = is_unified(group)
                               ? is_mail_enabled
                               : !is_mail_enabled && bool_or(group, "securityEnabled", false);
  if (is_possible) return std::nullopt;
  return bad_request(
      "The service does not currently support writes of mail-enabled groups. Please ensure that "
      "the mail-enablement property is unset and the security-enablement property is set.");
}

/// Lays the body of a POST or PATCH over the group, with the members that it binds.
std::optional<Reply> apply_body_to_group(const Exchange& exchange, Json& group) {
  const Json& body = exchange.call.body;
  Json changed = group;
  if (auto refusal = apply_patch(body, writable_group_properties(), "Group", changed)) {
    return refusal;
  }
  const Json& references = member_or_null(body, "members@odata.bind");
  if (!references.is_null()) {
    if (auto refusal = add_members(exchange, references, changed)) return refusal;
  }
  group = std::move(changed);
  return std::nullopt;
}

}  // namespace

Reply add_group_member(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  const Json references = Json::array({member_or_null(exchange.call.body, "@odata.id")});
  Json changed = *group;
  if (auto refusal = add_members(exchange, references, changed)) return *refusal;
  exchange.store.groups.edit(id) = std::move(changed);
  return no_content();
}

Reply remove_group_member(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const std::string& member = exchange.call.parameters[1];
  const Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  if (!has_member(*group, member)) return resource_not_found(member);
  Json& members = exchange.store.groups.edit(id)["members"];
  std::erase(members.get_ref<Json::array_t&>(), Json(member));
  return no_content();
}

Reply list_groups(const Exchange& exchange) {
  std::deque<Json> values;
  return list(exchange, groups_listing(), listed_groups(exchange, values));
}

Reply count_groups(const Exchange& exchange) {
  std::deque<Json> values;
  return count(exchange, groups_listing(), listed_groups(exchange, values));
}

Reply get_group(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = find_group(exchange, id);
  return group ? entity(exchange, groups_listing(), group_on_wire(*group)) : resource_not_found(id);
}

Reply create_group(const Exchange& exchange) {
  if (auto refusal = check_required_properties(exchange.call.body, required_of_group, "Group")) {
    return *refusal;
  }
  Json group = {{"id", random_uuid()},
                {"createdDateTime", format_rfc3339(exchange.call.now)},
                {"deletedDateTime", nullptr},
                {"mail", nullptr},
                {"members", Json::array()}};
  if (auto refusal = apply_body_to_group(exchange, group)) return *refusal;
  if (auto refusal = assumed_refusal_of_kind(group)) return *refusal;
  if (exchange.call.body.contains("owners@odata.bind")) {
    if (auto refusal = give_owners(exchange, group)) return *refusal;
  }
  if (is_unified(group)) {
    group["mail"] =
        fmt::format("{}@{}", string_or(group, "mailNickname"), exchange.store.default_domain);
  }
  Reply reply;
  reply.status = 201;
  reply.context = groups_listing().context + "/$entity";
  reply.location = fmt::format("groups/{}", string_or(group, "id"));
  reply.body = group_on_wire(group);
  const std::string id = string_or(group, "id");
  exchange.store.groups.add(id, std::move(group));
  return reply;
}

Reply patch_group(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  Json changed = *group;
  if (auto refusal = apply_body_to_group(exchange, changed)) return *refusal;
  exchange.store.groups.edit(id) = std::move(changed);
  return no_content();
}

/// "Delete group": the deleted items keep Microsoft 365 groups; a security group is gone for good.
Reply delete_group(const Exchange& exchange) {
  const std::string id = exchange.call.parameters[0];
  const Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  if (is_unified(*group)) {
    exchange.store.groups.edit(id)["deletedDateTime"] = format_rfc3339(exchange.call.now);
  } else {
    exchange.store.purge_group(id, exchange.call.now);
  }
  return no_content();
}

}  // namespace syncwright::emulator
