#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/core/diagnostic.h"
#include "syncwright/report/style.h"

namespace syncwright {

/// A byte of an expression that was typed, rather than written in a file: its "file" is
/// `expression`.
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

}  // namespace syncwright
