#include "emulator/resources/managers.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/object_list.h"
#include "emulator/resources/people.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "emulator/store/store.h"

/// Who leads whom: a user holds the id of its manager, and direct reports are looked for.
namespace syncwright::emulator {

namespace {

/// What a request is told where a user has no manager. [G] docs/graph.md#4.3: that a DELETE is told
/// so as well.
Reply no_manager() {
  return resource_not_found("manager");
}

/// Empty where the user has none that the request sees.
std::string manager_id(const Exchange& exchange, const Json& user) {
  const Json* stored = find_user(exchange, string_or(user, "id"));
  const std::string id = stored ? string_or(*stored, "manager") : std::string();
  return !id.empty() && find_user(exchange, id) ? id : std::string();
}

/// [G] docs/graph.md#4.3: the page of "Assign manager" names no refusal.
std::optional<Reply> assumed_refusal_of_manager(const Exchange& exchange, const Json& user,
                                                const std::string& id) {
  if (id.empty()) return bad_request("Invalid URL format specified in @odata.bind or @odata.id.");
  if (find_group(exchange, id) || exchange.service_principal(id) || string_or(user, "id") == id) {
    return invalid_reference();
  }
  const Json* manager = user_to_change(exchange, id);
  return manager ? std::nullopt : std::optional(resource_not_found(id));
}

std::vector<std::string> direct_reports_of(const Exchange& exchange, const std::string& id) {
  std::vector<std::string> reports;
  for (const Json& user : exchange.store.users) {
    if (string_or(user, "manager") == id) reports.push_back(string_or(user, "id"));
  }
  return reports;
}

Reply with_direct_reports(const Exchange& exchange, ListAnswer answer_with) {
  const std::string id = id_in_path(exchange);
  if (id.empty()) return resource_not_found(exchange.call.parameters[0]);
  return answer_with_objects(exchange, direct_reports_of(exchange, id), answer_with);
}

}  // namespace

Json manager_on_wire(const Exchange& exchange, const Json& user, bool everything) {
  const std::string id = manager_id(exchange, user);
  const Json* manager = id.empty() ? nullptr : find_user(exchange, id);
  if (!manager) return nullptr;
  Json value = user_on_wire(*manager, everything);
  value["@odata.type"] = "#microsoft.graph.user";
  return value;
}

/// "List manager": 404 where the user has none.
Reply get_manager_of_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = find_user(exchange, id);
  if (!user) return resource_not_found(id);
  const Json manager =
      manager_on_wire(exchange, *user, exchange.call.query.get("$select").has_value());
  return manager.is_null() ? no_manager() : entity(exchange, directory_objects_listing(), manager);
}

Reply get_manager_reference(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = find_user(exchange, id);
  if (!user) return resource_not_found(id);
  const std::string manager = manager_id(exchange, *user);
  if (manager.empty()) return no_manager();
  Reply reply;
  reply.context = "$ref";
  reply.body = reference_on_wire(exchange, manager);
  return reply;
}

Reply put_manager_of_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = user_to_change(exchange, id);
  if (!user) return resource_not_found(id);
  const std::string named = id_of_reference(string_or(exchange.call.body, "@odata.id"));
  if (auto refusal = assumed_refusal_of_manager(exchange, *user, named)) return *refusal;
  const std::string manager = string_or(*user_to_change(exchange, named), "id");
  exchange.store.users.edit(string_or(*user, "id"))["manager"] = manager;
  return no_content();
}

Reply remove_manager_of_user(const Exchange& exchange) {
  const std::string& id = exchange.call.parameters[0];
  const Json* user = user_to_change(exchange, id);
  if (!user) return resource_not_found(id);
  if (manager_id(exchange, *user).empty()) return no_manager();
  exchange.store.users.edit(string_or(*user, "id"))["manager"] = nullptr;
  return no_content();
}

Reply list_direct_reports(const Exchange& exchange) {
  return with_direct_reports(exchange, list);
}

Reply count_direct_reports(const Exchange& exchange) {
  return with_direct_reports(exchange, count);
}

}  // namespace syncwright::emulator
