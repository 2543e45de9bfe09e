#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/permission.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/identifier_uris.h"
#include "emulator/resources/object_type.h"
#include "emulator/resources/people.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"

namespace syncwright::emulator {

namespace {

/// Deleted, and replicated as such.
bool is_listed(const Replicated& object, const Exchange& exchange) {
  return object.deleted() && *object.deleted() + exchange.store.delay <= exchange.call.now;
}

/// An application or a service principal as the call is shown it.
Json object_on_wire(const Exchange& exchange, const Json& value) {
  const bool is_application = exchange.store.applications.find(string_or(value, "id")) != nullptr;
  return on_wire(is_application ? application_type() : service_principal_type(), value,
                 exchange.call);
}

Json deleted_value(const Exchange& exchange, const Replicated& object) {
  Json value = object_on_wire(exchange, object.value());
  value["deletedDateTime"] = format_rfc3339(*object.deleted());
  return value;
}

Json deleted_user_on_wire(const Json& user) {
  return user_on_wire(user, true);
}

void add_objects(const Exchange& exchange, const Collection& objects, std::deque<Json>& values) {
  for (const Replicated& object : objects) {
    if (is_listed(object, exchange)) values.push_back(deleted_value(exchange, object));
  }
}

void add_people(const Exchange& exchange, const Table<Json>& people,
                Json (*on_wire_of)(const Json&), std::deque<Json>& values) {
  for (const Json& person : people) {
    if (is_in_deleted_items(exchange, person)) values.push_back(on_wire_of(person));
  }
}

/// The deleted items of a type, listed or counted.
Reply with_deleted(const Exchange& exchange, DirectoryType type,
                   Reply (*answer_with_items)(const Exchange&, const Listing&,
                                              std::vector<const Json*>)) {
  std::deque<Json> values;
  switch (type) {
    case DirectoryType::application:
      add_objects(exchange, exchange.store.applications, values);
      break;
    case DirectoryType::service_principal:
      add_objects(exchange, exchange.store.service_principals, values);
      break;
    case DirectoryType::user:
      add_people(exchange, exchange.store.users, deleted_user_on_wire, values);
      break;
    case DirectoryType::group:
      add_people(exchange, exchange.store.groups, group_on_wire, values);
      break;
  }
  std::vector<const Json*> items;
  items.reserve(values.size());
  for (const Json& value : values) items.push_back(&value);
  return answer_with_items(exchange, deleted_items_listing(type), std::move(items));
}

/// The deleted application or service principal of that id.
const Replicated* find_deleted(const Exchange& exchange, const Collection& objects,
                               const std::string& id) {
  const Replicated* object = objects.find(id);
  return object && is_listed(*object, exchange) ? object : nullptr;
}

/// The deleted user or group of that id.
const Json* find_deleted(const Exchange& exchange, const Table<Json>& people,
                         const std::string& id) {
  const Json* person = people.find(id);
  return person && is_in_deleted_items(exchange, *person) ? person : nullptr;
}

/// One item of any kind; at most one is set.
struct DeletedItem {
  const Replicated* application = nullptr;
  const Replicated* service_principal = nullptr;
  const Json* user = nullptr;
  const Json* group = nullptr;

  [[nodiscard]] const Replicated* object() const {
    return application ? application : service_principal;
  }
  [[nodiscard]] bool is_there() const { return object() || user || group; }
};

DeletedItem deleted_item(const Exchange& exchange, const std::string& id) {
  const Store& store = exchange.store;
  return {find_deleted(exchange, store.applications, id),
          find_deleted(exchange, store.service_principals, id),
          find_deleted(exchange, store.users, id), find_deleted(exchange, store.groups, id)};
}

/// The refusal of a token that may not read or write an item of that kind, or of an id that no item
/// has. It speaks of an application, so that a token without any right learns of no id.
std::optional<Reply> refusal_of(const Exchange& exchange, const DeletedItem& item, bool writes) {
  using P = Permission;
  P needed = writes ? P::application_write : P::application_read;
  if (item.user) needed = writes ? P::user_write : P::user_read;
  if (item.group) needed = writes ? P::group_write : P::group_read;
  if (!is_granted(needed, exchange.call.caller.grants)) return insufficient_privileges();
  if (!item.is_there()) return resource_not_found(exchange.call.parameters[0]);
  return std::nullopt;
}

/// [G] The page says that it is not supported, and not how it is refused.
Reply assumed_refusal_of_untyped_list() {
  return unsupported_query(
      "Resource type must be specified as a cast: microsoft.graph.application, "
      "microsoft.graph.servicePrincipal, microsoft.graph.user or "
      "microsoft.graph.group.");
}

Reply directory_object(const Exchange& exchange, Json value, const char* type) {
  value["@odata.type"] = type;
  return entity(exchange, directory_objects_listing(), value);
}

Reply answer_with(const Exchange& exchange, const DeletedItem& item, Json object_value) {
  if (item.user) {
    return directory_object(exchange, user_on_wire(*item.user, true), "#microsoft.graph.user");
  }
  if (item.group) {
    return directory_object(exchange, group_on_wire(*item.group), "#microsoft.graph.group");
  }
  return directory_object(
      exchange, std::move(object_value),
      item.application ? "#microsoft.graph.application" : "#microsoft.graph.servicePrincipal");
}

}  // namespace

Reply list_deleted_applications(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::application, list);
}

Reply count_deleted_applications(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::application, count);
}

Reply list_deleted_service_principals(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::service_principal, list);
}

Reply count_deleted_service_principals(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::service_principal, count);
}

Reply list_deleted_users(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::user, list);
}

Reply count_deleted_users(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::user, count);
}

Reply list_deleted_groups(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::group, list);
}

Reply count_deleted_groups(const Exchange& exchange) {
  return with_deleted(exchange, DirectoryType::group, count);
}

/// "List deletedItems": the type is a required part of the path.
Reply refuse_deleted_items_of_every_type(const Exchange&) {
  return assumed_refusal_of_untyped_list();
}

Reply get_deleted_item(const Exchange& exchange) {
  const DeletedItem item = deleted_item(exchange, exchange.call.parameters[0]);
  if (auto refusal = refusal_of(exchange, item, false)) return *refusal;
  return answer_with(exchange, item,
                     item.object() ? deleted_value(exchange, *item.object()) : Json());
}

Reply restore_deleted_item(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const DeletedItem item = deleted_item(exchange, id);
  if (auto refusal = refusal_of(exchange, item, true)) return *refusal;
  Store& store = exchange.store;
  if (const Replicated* object = item.object()) {
    if (item.application) {
      if (auto taken = check_identifier_uris(exchange, Json(), object->value())) return *taken;
    }
    Collection& objects = item.application ? store.applications : store.service_principals;
    objects.edit(id).restore(exchange.call.now);
    return answer_with(exchange, item, object_on_wire(exchange, object->value()));
  }
  if (item.user) {
    if (auto taken = check_user_principal_name(exchange, *item.user)) return *taken;
  }
  (item.user ? store.users : store.groups).edit(id)["deletedDateTime"] = nullptr;
  return answer_with(exchange, item, Json());
}

Reply purge_deleted_item(const Exchange& exchange) {
  const std::string id = exchange.call.parameters[0];
  const DeletedItem item = deleted_item(exchange, id);
  if (auto refusal = refusal_of(exchange, item, true)) return *refusal;
  if (item.user) {
    exchange.store.purge_user(id, exchange.call.now);
  } else if (item.group) {
    exchange.store.purge_group(id, exchange.call.now);
  } else if (item.application) {
    exchange.store.purge_application(id);
  } else {
    exchange.store.purge_service_principal(id);
  }
  return no_content();
}

}  // namespace syncwright::emulator
