#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cli/session.h"
#include "syncwright/report/page_inputs.h"

namespace syncwright::cli {

/// The format of --report that makes one page to look at (docs/html-report.md).
inline constexpr std::string_view kPageFormat = "html";

/// Whether a command has a page.
[[nodiscard]] bool has_page(std::string_view command);

/// Whether this run was asked for one.
[[nodiscard]] bool wants_page(const Session& session);

/// What the page tells beside the result; nullopt: nobody asked for one. Runs the mapping tests of
/// the manifests, offline, for sample values. `desired` is `loaded`'s.
[[nodiscard]] std::optional<report::PageFacts> page_facts(const Session& session,
                                                          const manifest::Loaded& loaded);

/// Writes the files of --report html=FILE; `make` is called where there is one.
[[nodiscard]] Result<void> write_page(Session& session,
                                      const std::function<report::PageInput()>& make);

}  // namespace syncwright::cli
