#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/report/style.h"

namespace syncwright {

/// What is wrong with one expression that was typed, rather than written in a file.
struct ExpressionFault {
  std::string code;  ///< of the diagnostic catalog; empty for a failed evaluation
  std::string message;
  std::string advice;
  std::size_t offset = 0;  ///< in bytes of the expression
};

/// The fault with the line of the expression it is in and a caret:
///   expression:1:6: error[SW3001]: a second argument is missing
///        1 | Left([mail])
///          |            ^
///          = write Left([mail], 3)
[[nodiscard]] std::string render_expression_fault(const ExpressionFault& fault,
                                                  std::string_view expression, const Style& style);

}  // namespace syncwright
