#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/session.h"

namespace syncwright::cli {

/// The flags of `apply`, as the user wrote them.
struct ApplyFlags {
  std::string plan_file;  ///< --plan; empty: a fresh plan
  std::string backup;     ///< a folder; empty: .syncwright/backup
  std::string journal;    ///< a file; empty: .syncwright/journal.jsonl
  bool auto_approve = false;
  bool prune = false;
  bool allow_empty = false;
  bool skip_blocked = false;
  std::optional<std::int64_t> max_deletes;
  std::optional<std::int64_t> max_updates;
  std::optional<std::int64_t> allow_deprovision;
  std::optional<std::int64_t> allow_expose;
};

/// The command `apply`: a fresh plan that is shown and approved, or a saved one that is proven
/// fresh (docs/contract.md#5), then the executor.
[[nodiscard]] ExitCode run_apply(Session& session, const ApplyFlags& flags);

}  // namespace syncwright::cli
