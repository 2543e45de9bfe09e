#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// Whether the application object, freshly read, has another name than the manifest's.
/// ErrorKind::stale where it has not the one that was `seen` before, either.
[[nodiscard]] Result<bool> needs_name(ApplicationRun& run, const std::string& seen);

/// Gives the application object the manifest's display name, as far as it is in this tenant: read,
/// one PATCH where it differs, read back. The service principal has a name of its own, which goes
/// with its tags (service_principal_write.h).
[[nodiscard]] Result<void> follow_display_name(ApplicationRun& run, const std::string& seen);

}  // namespace syncwright
