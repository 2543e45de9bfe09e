#include "emulator/resources/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "emulator/odata/request_target.h"
#include "emulator/resources/object_type.h"
#include "emulator/resources/people.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

std::string id_of_reference(const std::string& url) {
  constexpr std::array<std::string_view, 4> collections{"directoryObjects", "users", "groups",
                                                        "servicePrincipals"};
  const std::vector<std::string> segments = without_keys(RequestTarget::parse(url).segments);
  if (segments.size() != 3) return {};
  const bool is_known =
      std::any_of(collections.begin(), collections.end(), [&](std::string_view collection) {
        return ascii::equal_ignoring_case(segments[1], collection);
      });
  return is_known ? segments[2] : std::string();
}

std::optional<Json> referenced_object(const Exchange& exchange, const std::string& id,
                                      bool for_query) {
  Json value;
  std::string_view type;
  if (const Json* user = find_user(exchange, id)) {
    value = user_on_wire(*user, for_query || exchange.call.query.get("$select").has_value());
    type = "#microsoft.graph.user";
  } else if (const Json* group = find_group(exchange, id)) {
    value = group_on_wire(*group);
    type = "#microsoft.graph.group";
  } else if (const Json* principal = exchange.service_principal(id)) {
    value = on_wire(service_principal_type(), *principal, exchange.call);
    type = service_principal_type().odata_type;
  } else if (const Json* application = exchange.application(id)) {
    value = on_wire(application_type(), *application, exchange.call);
    type = application_type().odata_type;
  } else {
    return std::nullopt;
  }
  value["@odata.type"] = type;
  return value;
}

/// [G] docs/graph.md#4.3: the URL of the real answer names a type of another namespace as well.
Json reference_on_wire(const Exchange& exchange, const std::string& id) {
  return {{"@odata.id", fmt::format("{}/{}/directoryObjects/{}", exchange.call.root,
                                    exchange.call.version, id)}};
}

std::string id_in_path(const Exchange& exchange) {
  const std::string& key = exchange.call.parameters[0];
  const std::string& collection = exchange.call.segments.front();
  const Json* object = nullptr;
  if (ascii::equal_ignoring_case(collection, "users")) {
    object = find_user(exchange, key);
  } else if (ascii::equal_ignoring_case(collection, "groups")) {
    object = find_group(exchange, key);
  } else if (ascii::equal_ignoring_case(collection, "servicePrincipals")) {
    object = exchange.service_principal(key);
  } else {
    const std::optional<Json> any = referenced_object(exchange, key);
    const bool has_id = any && string_or(*any, "id") == key;  // and not its userPrincipalName
    return has_id ? key : std::string();
  }
  return object ? string_or(*object, "id") : std::string();
}

}  // namespace syncwright::emulator
