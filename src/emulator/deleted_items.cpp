#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "graph_error.h"
#include "listing.h"
#include "removal.h"
#include "resources.h"

namespace syncwright::emulator {

namespace {

using enum FilterOperation;

constexpr std::array<FilterRule, 3> deleted_filters{{
    {"id", bits(eq, in), 0},
    {"appId", bits(eq), 0},
    {"displayName", bits(eq, starts_with, in), 0},
}};

/// Deleted, and replicated as such.
bool is_listed(const Replicated& object, const Exchange& exchange) {
  return object.deleted() && *object.deleted() + exchange.store.delay <= exchange.call.now;
}

Json deleted_value(const Replicated& object) {
  Json value = object.value();
  value["deletedDateTime"] = format_rfc3339(*object.deleted());
  return value;
}

Reply list_of(const Exchange& exchange, const Collection& objects, std::string_view type) {
  Listing listing;
  listing.context = "directoryObjects";
  listing.type = type;
  listing.filters = deleted_filters;
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const auto& object : objects.all()) {
    if (is_listed(*object, exchange)) items.push_back(&values.emplace_back(deleted_value(*object)));
  }
  return list(exchange, listing, std::move(items));
}

/// The deleted application or service principal of that id.
Replicated* find_deleted(const Exchange& exchange, const std::string& id) {
  for (Collection* objects : {&exchange.store.applications, &exchange.store.service_principals}) {
    Replicated* object = objects->find(id);
    if (object && is_listed(*object, exchange)) return object;
  }
  return nullptr;
}

Reply directory_object(const Exchange& exchange, Json value) {
  const bool is_application = exchange.store.applications.find(string_or(value, "id")) != nullptr;
  Reply reply;
  reply.context = "directoryObjects/$entity";
  reply.body = std::move(value);
  reply.body["@odata.type"] =
      is_application ? "#microsoft.graph.application" : "#microsoft.graph.servicePrincipal";
  return reply;
}

}  // namespace

Reply list_deleted_applications(const Exchange& exchange) {
  return list_of(exchange, exchange.store.applications, "application");
}

Reply list_deleted_service_principals(const Exchange& exchange) {
  return list_of(exchange, exchange.store.service_principals, "servicePrincipal");
}

Reply get_deleted_item(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Replicated* object = find_deleted(exchange, id);
  return object ? directory_object(exchange, deleted_value(*object)) : resource_not_found(id);
}

Reply restore_deleted_item(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  Replicated* object = find_deleted(exchange, id);
  if (!object) return resource_not_found(id);
  object->restore(exchange.call.now);
  return directory_object(exchange, object->value());
}

Reply purge_deleted_item(const Exchange& exchange) {
  const std::string id = exchange.call.parameters[0];
  if (!find_deleted(exchange, id)) return resource_not_found(id);
  if (exchange.store.applications.find(id)) {
    purge_application(exchange.store, id);
  } else {
    purge_service_principal(exchange.store, id);
  }
  return no_content();
}

}  // namespace syncwright::emulator
