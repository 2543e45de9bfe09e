#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright {

/// The settings of a manifest that live among the secrets (API.md 5.7), as far as a manifest can
/// say them. Agrees with how plan reads them: laid over the same secrets they change nothing.
struct LiveSettings {
  Scope scope = Scope::assigned;  ///< [G] also where SyncAll is absent
  DesiredNotifications notifications;
  DesiredDeletions deletions;
  std::vector<std::string> remarks;  ///< what is there and cannot be said, one line each
};

[[nodiscard]] LiveSettings read_settings(const std::vector<LiveSecret>& secrets);

}  // namespace syncwright
