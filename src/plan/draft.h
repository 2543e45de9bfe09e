#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// A change in the making: its place, its refusal, its turn, and the words that describe it.

/// A planned change; `job` is nullptr where it is not about a job.
[[nodiscard]] Change draft(ChangeType type, const model::DesiredApplication& application,
                           const model::DesiredJob* job, SharedText reason,
                           const SourceRange& origin);

/// The change, refused: status blocked, or held where a person has to decide first.
[[nodiscard]] Change refuse(Change change, Refusal refusal,
                            ChangeStatus status = ChangeStatus::blocked);

/// Sorts the changes of one application into the order they must run in, those of one step by job,
/// then id. Each waits for the one before it.
void chain(std::vector<Change>& changes);

/// `preferred` where the manifest has such a line, else `fallback`.
[[nodiscard]] const SourceRange& place(const SourceRange& preferred, const SourceRange& fallback);
[[nodiscard]] const SourceRange& place(const Rare<SourceRange>& preferred,
                                       const SourceRange& fallback);

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string enumerate(const std::vector<std::string>& words);
/// "syncwright job restart --app APP", with --job KEY where that is needed: what a person types.
[[nodiscard]] std::string restart_command(const model::DesiredApplication& application,
                                          const model::DesiredJob& job);
}  // namespace syncwright::plan
