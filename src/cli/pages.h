#pragma once

#include <functional>
#include <optional>

#include "cli/session.h"
#include "syncwright/report/page_inputs.h"

namespace syncwright::cli {

/// Whether this run was asked for a page to look at, --report html=FILE (docs/html-report.md).
[[nodiscard]] bool wants_page(const Session& session);

/// What the page tells beside the result; nullopt: nobody asked for one. Runs the mapping tests of
/// the manifests, offline, for sample values. `desired` is `loaded`'s.
[[nodiscard]] std::optional<report::PageFacts> page_facts(const Session& session,
                                                          const manifest::Loaded& loaded);

/// Writes the files of --report html=FILE; `make` is called where there is one. What could not be
/// written is told, and counts as the reports do (reports.h).
void write_page(Session& session, const std::function<report::PageInput()>& make);

}  // namespace syncwright::cli
