#pragma once

#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"
#include "syncwright/plan/credentials.h"

namespace syncwright {

/// credentials.validate and credentials.save of one application, with what they are going to do.
struct CredentialsPlan {
  std::vector<Change> changes;
  SecretsTarget target;
};

/// `live`: nullptr where the application does not exist yet.
[[nodiscard]] CredentialsPlan plan_credentials(const DesiredApplication& desired,
                                               const LiveApplication* live, SecretsPut mode);

}  // namespace syncwright
