#include "syncwright/graph_read/user_lookup.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright {

bool is_object_id(std::string_view text) {
  constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
  if (text.size() != form.size()) return false;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const char c = text[at];
    const bool hexadecimal =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (form[at] == '-' ? c != '-' : !hexadecimal) return false;
  }
  return true;
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
