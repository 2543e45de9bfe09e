#pragma once

#include <functional>
#include <optional>

#include "apply/application_run.h"

namespace syncwright {

using Look = std::function<Result<std::optional<bool>>()>;

/// Waits until the tenant shows what was written. `lost` is the error of a write whose answer was
/// lost, or nullptr: what such a write did is told by the read alone, and where the read does not
/// show it the write's error stands and the run stays in doubt. After an answered write, what never
/// shows is ErrorKind::stored_differently.
[[nodiscard]] Result<void> settle_read_back(ApplicationRun& run, const Subject& subject,
                                            const Error* lost, const Look& look);

/// The same after a write that may be repeated: false where its answer was lost, the tenant was
/// read, and it does not show it.
[[nodiscard]] Result<bool> settle_or_repeat(ApplicationRun& run, const Subject& subject,
                                            const Error* lost, const Look& look);

/// What was written is not what is there, with the way out.
[[nodiscard]] tl::unexpected<Error> stored_differently(std::string message);

}  // namespace syncwright
