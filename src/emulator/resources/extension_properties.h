#pragma once

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// The directory extensions that an application defines, as `$expand` shows them. They are kept in
/// the application's `extensionProperties`, which the wire never shows (object_type.h).
[[nodiscard]] Json extension_properties_on_wire(const Exchange& exchange, const Json& application);

}  // namespace syncwright::emulator
