#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

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

/// The place of a byte of an expression that was typed, rather than written in a file: its "file"
/// is `expression`.
[[nodiscard]] SourceRange place_in_expression(std::string_view expression, std::size_t offset);

/// Diagnostics with the line of the expression they are in and a caret; a failed evaluation is one
/// without a code:
///   expression:1:6: error[SW3001]: a second argument is missing
///        1 | Left([mail])
///          |            ^
///          = write Left([mail], 3)
[[nodiscard]] std::string render_expression_diagnostics(const Diagnostics& diagnostics,
                                                        std::string_view expression,
                                                        const Style& style);

/// A list of {code, severity, message, advice, file, line, column}.
[[nodiscard]] Json to_json(const Diagnostics& diagnostics);

}  // namespace syncwright::report
