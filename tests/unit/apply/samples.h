#pragma once

#include "syncwright/model/desired.h"

namespace syncwright::samples {

/// "aws": a connector that only imports roles; two secret references, validated; job started.
[[nodiscard]] DesiredApplication aws();
/// "crm": Salesforce with scope assigned, credentials with a revision, one attribute definition and
/// one mapping; job started.
[[nodiscard]] DesiredApplication crm();
/// Both, as the project "contoso".
[[nodiscard]] Desired both();

[[nodiscard]] Desired of(DesiredApplication application);

}  // namespace syncwright::samples
