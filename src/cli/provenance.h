#pragma once

#include "cli/session.h"
#include "syncwright/report/plan_markdown.h"

namespace syncwright::cli {

/// This program, and the commit that a pipeline says it works on.
[[nodiscard]] Provenance provenance_of(const Session& session);

}  // namespace syncwright::cli
