#pragma once

#include "syncwright/model/desired.h"

namespace syncwright::samples {

/// "aws": a connector that only imports roles; two secret references, validated; job started.
[[nodiscard]] model::DesiredApplication aws();
/// "crm": Salesforce with scope assigned, credentials with a revision, one attribute definition and
/// one mapping; job started.
[[nodiscard]] model::DesiredApplication crm();
/// Both, as the project "contoso".
[[nodiscard]] model::Desired both();

[[nodiscard]] model::Desired of(model::DesiredApplication application);

}  // namespace syncwright::samples
