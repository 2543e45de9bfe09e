#pragma once

#include <memory>
#include <string>
#include <vector>

#include "emulator/cycles/connected_target.h"

namespace syncwright::emulator {

/// The tenant's own users as what an inbound job writes: an account is a user, under the attribute
/// names of the synchronization schema. `attributes` are the ones that the mapping writes.
[[nodiscard]] std::unique_ptr<ConnectedTarget> tenant_directory(
    Store& store, std::string object_name, const std::vector<std::string>& attributes,
    const Json& failures, Instant now);

}  // namespace syncwright::emulator
