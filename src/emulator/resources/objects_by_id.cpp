#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/odata/listing.h"
#include "emulator/resources/directory_objects.h"
#include "emulator/resources/directory_queries.h"
#include "emulator/resources/references.h"
#include "emulator/resources/resources.h"
#include "syncwright/core/ascii.h"

/// `directoryObjects`: an object by its id, whatever it is.
namespace syncwright::emulator {

namespace {

/// The reference, "directoryObject: getByIds".
constexpr std::size_t max_ids = 1000;

/// "user" of "#microsoft.graph.user".
std::string_view name_of_type(std::string_view annotation) {
  return annotation.substr(annotation.rfind('.') + 1);
}

/// Without `types` every object is wanted; the names are compared without regard to case.
bool is_of_types(const Json& types, const Json& object) {
  const std::string annotation = string_or(object, "@odata.type");
  return types.is_null() || std::any_of(types.begin(), types.end(), [&](const Json& type) {
           const std::string& wanted = type.get_ref<const std::string&>();
           return ascii::equal_ignoring_case(wanted, name_of_type(annotation)) ||
                  ascii::equal_ignoring_case(wanted, "directoryObject");
         });
}

}  // namespace

Reply get_directory_object(const Exchange& exchange) {
  const std::string id = id_in_path(exchange);
  const std::optional<Json> object = referenced_object(exchange, id);
  if (!object) return resource_not_found(exchange.call.parameters[0]);
  return entity(exchange, directory_objects_listing(), *object);
}

Reply get_directory_objects_by_ids(const Exchange& exchange) {
  const Json& ids = member_or_null(exchange.call.body, "ids");
  if (!is_value_of(ids, PropertyType::texts, max_ids)) {
    return bad_request(fmt::format("'ids' must be a list of at most {} ids.", max_ids));
  }
  const Json& types = member_or_null(exchange.call.body, "types");
  if (!types.is_null() && !is_value_of(types, PropertyType::texts, 0)) {
    return bad_request("'types' must be a list of names of types.");
  }
  Json found = Json::array();
  for (const Json& id : ids) {
    std::optional<Json> object = referenced_object(exchange, id.get<std::string>());
    if (object && (*object)["id"] == id && is_of_types(types, *object)) {
      found.push_back(std::move(*object));
    }
  }
  Reply reply;
  reply.context = directory_objects_listing().context;
  reply.body = {{"value", std::move(found)}};
  return reply;
}

}  // namespace syncwright::emulator
