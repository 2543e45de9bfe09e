#include "emulator/resources/owners.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/object_list.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

bool is_owner(const Json& object, const std::string& id) {
  const Json& owners = list_or_empty(object, "owners");
  return std::find(owners.begin(), owners.end(), Json(id)) != owners.end();
}

/// "Service principal owners can be users, the service principal itself, or other service
/// principals" ("servicePrincipal: Add owner").
bool may_own(const Exchange& exchange, const std::string& id) {
  const Json* user = user_to_change(exchange, id);
  const bool has_id = user && string_or(*user, "id") == id;  // and not its userPrincipalName
  return has_id || exchange.service_principal(id) != nullptr;
}

/// [G] docs/graph.md#5.2.4: the pages name no refusal; these are the words of group members.
std::optional<Reply> assumed_refusal_of_owner(const Exchange& exchange, const Json& object,
                                              const std::string& url) {
  const std::string id = id_of_reference(url);
  if (id.empty()) return bad_request("Invalid URL format specified in @odata.bind or @odata.id.");
  if (find_group(exchange, id)) return invalid_reference();
  if (!may_own(exchange, id)) return resource_not_found(id);
  if (!is_owner(object, id)) return std::nullopt;
  return bad_request(
      "One or more added object references already exist for the following modified properties: "
      "'owners'.");
}

std::optional<Reply> add_owner(const Exchange& exchange, const Json& reference, Json& object) {
  const std::string url = reference.is_string() ? reference.get<std::string>() : std::string();
  if (auto refusal = assumed_refusal_of_owner(exchange, object, url)) return refusal;
  if (!object["owners"].is_array()) object["owners"] = Json::array();
  object["owners"].push_back(id_of_reference(url));
  return std::nullopt;
}

/// Who sends the request, as an object of the directory: empty where the directory does not know
/// it, as the application that the emulator's own tokens speak of.
std::string id_of_caller(const Exchange& exchange) {
  const Caller& caller = exchange.call.caller;
  for (const Json& user : exchange.store.users) {
    const std::string name = string_or(user, "userPrincipalName");
    if (!caller.user.empty() && ascii::equal_ignoring_case(name, caller.user)) {
      return string_or(user, "id");
    }
  }
  if (!caller.user.empty()) return {};
  for (const Replicated* principal :
       exchange.store.service_principals.with("appId", caller.app_id)) {
    if (!principal->is_deleted()) return string_or(principal->value(), "id");
  }
  return {};
}

/// [G] docs/graph.md#5.2.4: where the body binds owners, the caller is none of them by itself.
bool assumed_caller_owns(const Json& bound) {
  return bound.is_null();
}

/// What the path's first segment and id name.
const Json* find_owned(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const std::string& collection = exchange.call.segments.front();
  if (ascii::equal_ignoring_case(collection, "applications")) return exchange.application(id);
  if (ascii::equal_ignoring_case(collection, "servicePrincipals")) {
    return exchange.service_principal(id);
  }
  return find_group(exchange, id);
}

/// The same, and nullptr where it is deleted already, though reads may still show it.
const Json* owned_to_change(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  for (const Collection* objects :
       {&exchange.store.applications, &exchange.store.service_principals}) {
    const Replicated* object = objects->find(id);
    if (object && object->is_deleted()) return nullptr;
  }
  const Json* object = find_owned(exchange);
  return object && find_group(exchange, id) ? group_to_change(exchange, id) : object;
}

/// "Once owners are assigned to a group, the last owner (a user object) of the group cannot be
/// removed" ("Remove group owner"). Applications may lose their last one.
bool is_needed_owner(const Exchange& exchange, const Json& object, const std::string& owner) {
  return find_group(exchange, string_or(object, "id")) && find_user(exchange, owner) &&
         list_or_empty(object, "owners").size() == 1;
}

/// Writes the object of the path back, changed.
void write_owned(const Exchange& exchange, Json object) {
  const std::string& id = exchange.call.parameters[0];
  Store& store = exchange.store;
  for (Collection* objects : {&store.applications, &store.service_principals}) {
    if (!objects->find(id)) continue;
    store.change(*objects, id, std::move(object), exchange.call.now);
    return;
  }
  store.groups.edit(id) = std::move(object);
}

std::vector<std::string> ids_of_owners(const Json& object) {
  std::vector<std::string> ids;
  for (const Json& id : list_or_empty(object, "owners")) {
    if (id.is_string()) ids.push_back(id.get<std::string>());
  }
  return ids;
}

/// Lists, or counts, the owners of the path's object.
Reply with_owners(const Exchange& exchange, ListAnswer answer_with) {
  const Json* object = find_owned(exchange);
  return object ? answer_with_objects(exchange, ids_of_owners(*object), answer_with)
                : resource_not_found(exchange.call.parameters[0]);
}

}  // namespace

Json owners_on_wire(const Exchange& exchange, const Json& object) {
  Json owners = Json::array();
  for (const std::string& id : ids_of_owners(object)) {
    std::optional<Json> owner = referenced_object(exchange, id);
    if (owner) owners.push_back(std::move(*owner));
  }
  return owners;
}

std::optional<Reply> give_owners(const Exchange& exchange, Json& object) {
  object["owners"] = Json::array();
  const Json& bound = member_or_null(exchange.call.body, "owners@odata.bind");
  if (assumed_caller_owns(bound)) {
    const std::string caller = id_of_caller(exchange);
    if (!caller.empty()) object["owners"].push_back(caller);
    return std::nullopt;
  }
  if (!bound.is_array() || bound.size() > max_references) {
    return bad_request("'owners@odata.bind' must be a list of at most 20 references.");
  }
  for (const Json& reference : bound) {
    if (auto refusal = add_owner(exchange, reference, object)) return refusal;
  }
  return std::nullopt;
}

Reply list_owners(const Exchange& exchange) {
  return with_owners(exchange, list);
}

Reply count_owners(const Exchange& exchange) {
  return with_owners(exchange, count);
}

Reply list_owner_references(const Exchange& exchange) {
  const Json* object = find_owned(exchange);
  return object ? answer_with_references(exchange, ids_of_owners(*object))
                : resource_not_found(exchange.call.parameters[0]);
}

Reply add_owner_by_reference(const Exchange& exchange) {
  const Json* object = owned_to_change(exchange);
  if (!object) return resource_not_found(exchange.call.parameters[0]);
  Json changed = *object;
  const Json& reference = member_or_null(exchange.call.body, "@odata.id");
  if (auto refusal = add_owner(exchange, reference, changed)) return *refusal;
  write_owned(exchange, std::move(changed));
  return no_content();
}

Reply remove_owner(const Exchange& exchange) {
  const Json* object = owned_to_change(exchange);
  if (!object) return resource_not_found(exchange.call.parameters[0]);
  const std::string& owner = exchange.call.parameters[1];
  if (!is_owner(*object, owner)) return resource_not_found(owner);
  if (is_needed_owner(exchange, *object, owner)) {
    return bad_request(
        "The group must have at least one owner, hence this owner cannot be removed.");
  }
  Json changed = *object;
  std::erase(changed["owners"].get_ref<Json::array_t&>(), Json(owner));
  write_owned(exchange, std::move(changed));
  return no_content();
}

}  // namespace syncwright::emulator
