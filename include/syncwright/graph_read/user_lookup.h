#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "syncwright/graph_read/connection.h"

namespace syncwright {

/// Whether the text is an object id (a GUID) rather than a name.
[[nodiscard]] bool is_object_id(std::string_view text);

/// The id of the user with this user principal name; a guest's `#` is encoded. Needs a permission
/// to read users. ErrorKind::not_found where there is none.
[[nodiscard]] Result<std::string> find_user_id(GraphConnection& connection,
                                               const std::string& user_principal_name,
                                               std::stop_token stop);

}  // namespace syncwright
