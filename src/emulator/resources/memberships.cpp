#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/object_list.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"

/// Who is in which group, in both directions. A group holds the ids of its members and nobody the
/// ids of the groups that hold it, so that memberships are looked for in all groups. What is
/// reached over several groups comes nearest first, each once: groups may hold each other.
namespace syncwright::emulator {

namespace {

using IdList = std::vector<std::string>;

bool is_member_of(const Json& group, const std::string& id) {
  const Json& members = list_or_empty(group, "members");
  return std::find(members.begin(), members.end(), Json(id)) != members.end();
}

/// The groups that the request sees and that hold the object.
IdList groups_holding(const Exchange& exchange, const std::string& id) {
  IdList groups;
  for (const Json& group : exchange.store.groups) {
    const std::string group_id = string_or(group, "id");
    if (is_member_of(group, id) && find_group(exchange, group_id)) groups.push_back(group_id);
  }
  return groups;
}

/// What a group that the request sees holds; nothing of what is no group.
IdList held_by_group(const Exchange& exchange, const std::string& id) {
  IdList members;
  const Json* group = find_group(exchange, id);
  if (!group) return members;
  for (const Json& member : list_or_empty(*group, "members")) {
    if (member.is_string()) members.push_back(member.get<std::string>());
  }
  return members;
}

using Step = IdList (*)(const Exchange&, const std::string& id);

/// What one step, or any number of steps, leads to from the object; never the object itself.
IdList reachable(const Exchange& exchange, const std::string& from, Step step, bool is_transitive) {
  IdList found;
  std::set<std::string> seen{from};
  const auto add = [&](const std::string& id) {
    for (std::string& next : step(exchange, id)) {
      if (seen.insert(next).second) found.push_back(std::move(next));
    }
  };
  add(from);
  for (std::size_t at = 0; is_transitive && at < found.size(); ++at) {
    const std::string next = found[at];
    add(next);
  }
  return found;
}

/// "transitiveMemberOf" and "transitiveMembers".
bool is_transitive(const Call& call) {
  return ascii::lower(call.segments[2]).find("transitive") != std::string::npos;
}

Reply with_memberships(const Exchange& exchange, ListAnswer answer_with) {
  const std::string id = id_in_path(exchange);
  if (id.empty()) return resource_not_found(exchange.call.parameters[0]);
  return answer_with_objects(
      exchange, reachable(exchange, id, groups_holding, is_transitive(exchange.call)), answer_with);
}

Reply with_group_members(const Exchange& exchange, ListAnswer answer_with) {
  const std::string& id = exchange.call.parameters[0];
  if (!find_group(exchange, id)) return resource_not_found(id);
  return answer_with_objects(
      exchange, reachable(exchange, id, held_by_group, is_transitive(exchange.call)), answer_with);
}

Reply ids_reply(const IdList& ids) {
  Reply reply;
  reply.context = "Collection(Edm.String)";
  reply.body = {{"value", ids}};
  return reply;
}

/// The groups that the path's object is in, at any depth: the emulator has no directory roles and
/// no administrative units, which getMemberObjects and checkMemberObjects would tell besides.
Reply all_memberships(const Exchange& exchange) {
  const std::string id = id_in_path(exchange);
  if (id.empty()) return resource_not_found(exchange.call.parameters[0]);
  const Json& only_security = member_or_null(exchange.call.body, "securityEnabledOnly");
  if (!only_security.is_null() && !only_security.is_boolean()) {
    return bad_request("Invalid value specified for parameter 'securityEnabledOnly'.");
  }
  IdList groups = reachable(exchange, id, groups_holding, true);
  if (only_security == true) {
    std::erase_if(groups, [&](const std::string& group) {
      return !bool_or(*find_group(exchange, group), "securityEnabled", false);
    });
  }
  return ids_reply(groups);
}

/// "Up to 20 groups may be specified."
constexpr std::size_t max_checked = 20;

/// Those of the ids in `parameter` of the body that name a group which the path's object is in.
Reply checked_memberships(const Exchange& exchange, const char* parameter) {
  const std::string id = id_in_path(exchange);
  if (id.empty()) return resource_not_found(exchange.call.parameters[0]);
  const Json& asked = member_or_null(exchange.call.body, parameter);
  if (!is_value_of(asked, PropertyType::texts, max_checked)) {
    return bad_request(
        fmt::format("'{}' must be a list of at most {} ids.", parameter, max_checked));
  }
  const IdList groups = reachable(exchange, id, groups_holding, true);
  IdList found;
  for (const Json& group : asked) {
    const bool is_held = std::find(groups.begin(), groups.end(), group) != groups.end();
    if (is_held) found.push_back(group.get<std::string>());
  }
  return ids_reply(found);
}

}  // namespace

Reply list_memberships(const Exchange& exchange) {
  return with_memberships(exchange, list);
}

Reply count_memberships(const Exchange& exchange) {
  return with_memberships(exchange, count);
}

Reply list_group_members(const Exchange& exchange) {
  return with_group_members(exchange, list);
}

Reply count_group_members(const Exchange& exchange) {
  return with_group_members(exchange, count);
}

Reply list_group_member_references(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  if (!find_group(exchange, id)) return resource_not_found(id);
  return answer_with_references(exchange, held_by_group(exchange, id));
}

Reply get_member_groups(const Exchange& exchange) {
  return all_memberships(exchange);
}

Reply check_member_groups(const Exchange& exchange) {
  return checked_memberships(exchange, "groupIds");
}

Reply check_member_objects(const Exchange& exchange) {
  return checked_memberships(exchange, "ids");
}

}  // namespace syncwright::emulator
