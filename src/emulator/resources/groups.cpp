#include <fmt/format.h>

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/odata/property_patch.h"
#include "emulator/resources/group_members.h"
#include "emulator/resources/people.h"
#include "emulator/resources/removal.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::array<FilterRule, 5> group_filters{{
    {"id", bits(eq, in), 0},
    {"displayName", bits(eq, in, starts_with, ordering), bits(ne, ends_with)},
    {"mail", bits(eq, in, starts_with), bits(ne, ends_with)},
    {"mailNickname", bits(eq, in, starts_with), bits(ne)},
    {"securityEnabled", bits(eq, in), bits(ne)},
}};

/// The reference, "Create group".
constexpr std::array<const char*, 4> required_of_group{"displayName", "mailEnabled", "mailNickname",
                                                       "securityEnabled"};

Listing groups_listing() {
  Listing listing;
  listing.context = "groups";
  listing.type = "group";
  listing.filters = group_filters;
  listing.sort_key = "displayName";
  return listing;
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

Reply list_groups(const Exchange& exchange) {
  std::deque<Json> values;
  std::vector<const Json*> items;
  items.reserve(exchange.store.groups.size());
  for (const Json& group : exchange.store.groups) {
    if (!is_in_lists(exchange, group)) continue;
    items.push_back(&values.emplace_back(group_on_wire(group)));
  }
  return list(exchange, groups_listing(), std::move(items));
}

Reply get_group(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* group = find_group(exchange, id);
  return group ? entity(exchange, groups_listing(), group_on_wire(*group)) : resource_not_found(id);
}

Reply create_group(const Exchange& exchange) {
  if (auto refusal = missing_property(exchange.call.body, required_of_group, "Group")) {
    return *refusal;
  }
  Json group = {{"id", random_uuid()},
                {"createdDateTime", format_rfc3339(exchange.call.now)},
                {"deletedDateTime", nullptr},
                {"mail", nullptr},
                {"members", Json::array()}};
  if (auto refusal = apply_body_to_group(exchange, group)) return *refusal;
  if (auto refusal = assumed_refusal_of_kind(group)) return *refusal;
  if (is_unified(group)) {
    group["mail"] =
        fmt::format("{}@{}", string_or(group, "mailNickname"), exchange.store.default_domain);
  }
  Reply reply;
  reply.status = 201;
  reply.context = groups_listing().context + "/$entity";
  reply.location = fmt::format("groups/{}", string_or(group, "id"));
  reply.body = group_on_wire(group);
  exchange.store.groups.push_back(std::move(group));
  return reply;
}

Reply patch_group(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  if (auto refusal = apply_body_to_group(exchange, *group)) return *refusal;
  return no_content();
}

/// "Delete group": the deleted items keep Microsoft 365 groups; a security group is gone for good.
Reply delete_group(const Exchange& exchange) {
  const std::string id = exchange.call.parameters[0];
  Json* group = group_to_change(exchange, id);
  if (!group) return resource_not_found(id);
  if (is_unified(*group)) {
    (*group)["deletedDateTime"] = format_rfc3339(exchange.call.now);
  } else {
    purge_group(exchange.store, id, exchange.call.now);
  }
  return no_content();
}

}  // namespace syncwright::emulator
