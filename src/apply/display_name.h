#pragma once

#include "application_run.h"

namespace syncwright {

/// Gives the application object the manifest's display name, as far as it is in this tenant: read,
/// one PATCH where it differs, read back. The service principal has a name of its own, which goes
/// with its tags (service_principal_write.h).
[[nodiscard]] Result<void> follow_display_name(ApplicationRun& run);

}  // namespace syncwright
