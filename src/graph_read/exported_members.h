#pragma once

#include <stop_token>

#include "graph_read/principal_directory.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/exported.h"

namespace syncwright {

/// Fills in the roles and who is assigned, each under a name that plan finds again; or
/// `unread_members`, where that cannot be read or told. An error concerns the whole export.
[[nodiscard]] Result<void> read_members(GraphReader& reader, PrincipalDirectory& people,
                                        ExportedApplication& application,
                                        const std::stop_token& stop);

}  // namespace syncwright
