#pragma once

#include <string>

#include "cli/exit_code.h"
#include "cli/session.h"

namespace syncwright::cli {

/// `catalog --people`: users and groups that manifests can name on the emulator. Without
/// --emulator those of a new tenant, with no project at hand; with it those of its state. `search`
/// is a part of a display name or userPrincipalName, in any case; empty: everybody.
[[nodiscard]] ExitCode list_people(Session& session, const std::string& search);

}  // namespace syncwright::cli
