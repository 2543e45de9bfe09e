#pragma once

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// A directory object with every property at its default.
[[nodiscard]] Json application_shape();
[[nodiscard]] Json service_principal_shape();

/// As the version of the call spells it: beta renames and adds properties (docs/graph.md#5.2).
[[nodiscard]] Json service_principal_on_wire(const Json& value, const Call& call);

}  // namespace syncwright::emulator
