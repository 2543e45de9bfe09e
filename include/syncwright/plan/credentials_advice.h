#pragma once

#include <string>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright {

/// What to do about a job whose credentials the target refuses, with the manifest's line; empty
/// where its quarantine or its last cycle says nothing of credentials.
[[nodiscard]] std::string credentials_advice(const DesiredApplication& desired,
                                             const LiveJob& live);

}  // namespace syncwright
