#pragma once

#include <string>

#include "exchange.h"

namespace syncwright::emulator {

/// The synchronization template of the service principal's gallery application, with its schema;
/// nullptr where it has none of that id.
[[nodiscard]] const Json* find_template(const Exchange& exchange,
                                        const std::string& service_principal,
                                        const std::string& id);

/// The same, but nullptr while the templates of a new service principal are not ready yet.
[[nodiscard]] const Json* ready_template(const Exchange& exchange,
                                         const std::string& service_principal,
                                         const std::string& id);

}  // namespace syncwright::emulator
