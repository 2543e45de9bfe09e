#pragma once

#include <string>

#include "syncwright/model/desired.h"
#include "syncwright/plan/change.h"

namespace syncwright {

/// A planned change with its id; `job` is nullptr where it is not about a job.
[[nodiscard]] Change draft(ChangeType type, const DesiredApplication& application,
                           const DesiredJob* job, std::string reason, const SourceRange& origin);

/// The change, refused: status blocked, or held where a person has to decide first.
[[nodiscard]] Change refuse(Change change, Refusal refusal,
                            ChangeStatus status = ChangeStatus::blocked);

/// `preferred` where the manifest has such a line, else `fallback`.
[[nodiscard]] const SourceRange& place(const SourceRange& preferred, const SourceRange& fallback);

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& words);
/// "syncwright job restart --app APP", with --job KEY where that is needed: what a person types.
[[nodiscard]] std::string restart_command(const DesiredApplication& application,
                                          const DesiredJob& job);
/// "1 part", "2 parts".
[[nodiscard]] std::string count_of(std::size_t count, const std::string& noun);

}  // namespace syncwright
