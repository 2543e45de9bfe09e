#include "syncwright/report/expression_text.h"

#include <algorithm>

#include "syncwright/report/diagnostic_text.h"

namespace syncwright {
namespace {

SourceRange place_in(std::string_view expression, std::size_t offset) {
  const std::string_view before = expression.substr(0, std::min(offset, expression.size()));
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto line = std::count(before.begin(), before.end(), '\n');
  const int column = static_cast<int>(before.size() - line_start);
  return {"expression", static_cast<int>(line) + 1, column + 1, column + 2};
}

}  // namespace

std::string render_expression_fault(const ExpressionFault& fault, std::string_view expression,
                                    const Style& style) {
  Diagnostics diagnostics;
  diagnostics.add({fault.code, Severity::error, fault.message, fault.advice,
                   place_in(expression, fault.offset)});
  return render_diagnostics(
      diagnostics, [expression](const std::string&) { return expression; }, style);
}

}  // namespace syncwright
