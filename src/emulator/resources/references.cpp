#include "emulator/resources/references.h"

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
  } else {
    return std::nullopt;
  }
  value["@odata.type"] = type;
  return value;
}

}  // namespace syncwright::emulator
