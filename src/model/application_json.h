#pragma once

#include "syncwright/core/json_object.h"
#include "syncwright/model/desired.h"

namespace syncwright::model {

/// One application of a plan file's `desired`: the shape of the manifests themselves, so that a
/// reader of a plan knows it already. Positions are left out, secrets are references.
[[nodiscard]] Json to_json(const DesiredApplication& application);

/// Refuses what `to_json` never writes: other types, unknown members, a secret in clear text.
[[nodiscard]] DesiredApplication read_application(JsonObject& object);

}  // namespace syncwright::model
