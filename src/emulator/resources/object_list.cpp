#include "emulator/resources/object_list.h"

#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr const char* user_annotation = "#microsoft.graph.user";

/// A user of a list shows what users do, and its type.
void show_users(const Exchange& exchange, Reply& reply) {
  if (reply.status != 200 || !reply.body.contains("value")) return;
  if (exchange.call.query.get("$select")) return;
  for (Json& object : reply.body["value"]) {
    if (object["@odata.type"] != user_annotation) continue;
    object = user_on_wire(object, false);
    object["@odata.type"] = user_annotation;
  }
}

/// Objects of one type are queried as that type is.
Listing listing_of_type(std::string_view type) {
  if (ascii::equal_ignoring_case(type, "microsoft.graph.user")) {
    return directory_listing(DirectoryType::user);
  }
  if (ascii::equal_ignoring_case(type, "microsoft.graph.group")) {
    return directory_listing(DirectoryType::group);
  }
  if (ascii::equal_ignoring_case(type, "microsoft.graph.servicePrincipal")) {
    return directory_listing(DirectoryType::service_principal);
  }
  return directory_objects_listing();
}

/// Empty without one.
std::string cast_of(const Call& call) {
  return call.parameters.size() > 1 ? call.parameters[1] : std::string();
}

}  // namespace

Reply answer_with_objects(const Exchange& exchange, const std::vector<std::string>& ids,
                          ListAnswer answer_with) {
  constexpr std::string_view name_space = "microsoft.graph.";
  const std::string type = cast_of(exchange.call);
  if (!type.empty() && !ascii::lower(type).starts_with(name_space)) return unknown_path(type);
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const std::string& id : ids) {
    std::optional<Json> value = referenced_object(exchange, id, true);
    if (!value) continue;
    const bool is_wanted =
        type.empty() || ascii::equal_ignoring_case(string_or(*value, "@odata.type"), "#" + type);
    if (is_wanted) items.push_back(&values.emplace_back(std::move(*value)));
  }
  Reply reply = answer_with(exchange, listing_of_type(type), std::move(items));
  show_users(exchange, reply);
  return reply;
}

Reply answer_with_references(const Exchange& exchange, const std::vector<std::string>& ids) {
  std::deque<Json> values;
  std::vector<const Json*> items;
  for (const std::string& id : ids) {
    if (!referenced_object(exchange, id)) continue;
    items.push_back(&values.emplace_back(reference_on_wire(exchange, id)));
  }
  Listing listing;
  listing.context = "Collection($ref)";
  listing.type = "directoryObject";
  listing.counts = false;
  return list(exchange, listing, std::move(items));
}

}  // namespace syncwright::emulator
