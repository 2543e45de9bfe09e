#pragma once

#include "emulator/cycles/provisioning_event.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// The object that provisioning on demand tells about, `value` of its answer (docs/graph.md#15.11):
/// what the event's entry in the log says, under the names that this answer has for it.
[[nodiscard]] Json provisioning_object(const ProvisioningEvent& event, const Json& log_entry);

}  // namespace syncwright::emulator
