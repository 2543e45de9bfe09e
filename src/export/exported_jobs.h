#pragma once

#include <vector>

#include "export/manifest_draft.h"

namespace syncwright {

/// The application's jobs under keys that mean them again (model/job_match.h).
[[nodiscard]] std::vector<DraftJob> draft_jobs(const ExportedApplication& application,
                                               const ExportOptions& options);

}  // namespace syncwright
