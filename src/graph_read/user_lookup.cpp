#include "syncwright/graph_read/user_lookup.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/core/guid.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright {

bool is_object_id(std::string_view text) {
  return is_guid(text);
}

Result<std::string> find_user_id(GraphConnection& connection,
                                 const std::string& user_principal_name, std::stop_token stop) {
  const Result<Json> user = connection.get(
      with_query(object_path("users", user_principal_name), {{"$select", "id"}}), std::move(stop));
  if (user) return decode_id(*user, "user");
  Error error = user.error();
  if (error.kind == ErrorKind::not_found) {
    error.message = fmt::format("there is no user `{}`", user_principal_name);
    error.advice = "give the user principal name as the tenant has it, or the object id";
  }
  return fail(std::move(error));
}

}  // namespace syncwright
