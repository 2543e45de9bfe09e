#pragma once

#include <stop_token>

#include "graph_read/application_door.h"
#include "syncwright/core/error.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// Whether the object that a list named is still there: lists lag behind deletions.
enum class Presence { there, gone };

/// Reads of an application what its manifest manages: jobs and their schemas, secrets, roles and
/// assignments. `just_read`: the service principal itself was asked a moment ago, and not a list.
[[nodiscard]] Result<Presence> read_details(ApplicationDoor& door,
                                            const model::DesiredApplication& desired,
                                            model::LiveApplication& application, bool just_read,
                                            std::stop_token stop);

}  // namespace syncwright::graph_read
