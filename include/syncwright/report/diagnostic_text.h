#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// The text of a file that a diagnostic points into; empty where there is none to show. The view
/// stays valid until the call that asked for it returns.
using SourceLookup = std::function<std::string_view(const std::string& file)>;

/// Diagnostics in the order they are given:
///   manifests/a.yaml:12:7: error[SW1001]: unknown key `galery`
///      12 |   galery: Salesforce
///         |   ^^^^^^
///         = did you mean `gallery`?
/// Columns are those of the terminal, not bytes. A line too long to show is cut around the place.
[[nodiscard]] std::string render_diagnostics(const Diagnostics& diagnostics,
                                             const SourceLookup& source, const Style& style);

/// "2 errors, 1 warning"; empty where there is nothing.
[[nodiscard]] std::string count_diagnostics(const Diagnostics& diagnostics);

/// A list of {code, severity, message, advice, file, line, column}.
[[nodiscard]] Json to_json(const Diagnostics& diagnostics);

}  // namespace syncwright
