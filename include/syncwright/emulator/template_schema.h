#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

/// The default schema of a synchronization template in the built-in catalog. `gallery` is the
/// application template's id or display name (without regard to case, as the planner chooses),
/// `job` the id of a synchronization template or "default". nullopt: the catalog has none, or
/// several of that name. An approximation of what the real gallery has. Thread-safe; each schema is
/// decoded once.
[[nodiscard]] std::optional<schema::SynchronizationSchema> built_in_schema(
    const std::string& gallery, const std::string& job);

/// The display names of the built-in catalog, sorted.
[[nodiscard]] const std::vector<std::string>& built_in_galleries();

}  // namespace syncwright::emulator
