#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/connection.h"
#include "cli/session.h"

namespace syncwright::cli {

/// Holds an application (`job pause --hold REASON`), or lets go of it (nullopt): one PATCH of its
/// service principal's tags, foreign ones kept, read back. Nothing is sent where it is so already.
[[nodiscard]] Result<void> set_hold(Session& session, Connection& connection,
                                    const std::string& service_principal_id,
                                    const std::optional<std::string>& reason);

/// [A-Za-z0-9 ,._#/-]{1,100}: what becomes part of a tag and is shown by every later plan.
[[nodiscard]] bool is_hold_reason(const std::string& text);

}  // namespace syncwright::cli
