#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/core/code.h"
#include "syncwright/model/desired.h"

namespace syncwright::manifest {

/// `spec.credentials`. A literal under a masked key is SW2004, a key with a setting of its own
/// SW2005, an unknown one SW2006. References without a revision are noted (SW2029) where the source
/// asks for it: plan compares what Graph shows in clear, and nothing else. Values that may be
/// secrets are hidden from the source lines of diagnostics.
[[nodiscard]] std::optional<model::DesiredCredentials> as_credentials(const Field& field);

inline constexpr Code kMissingRevisionCode = Code::SW2029;

}  // namespace syncwright::manifest
