#include "syncwright/report/expression_text.h"

#include <algorithm>

#include "syncwright/report/diagnostic_text.h"

namespace syncwright {

SourceRange place_in_expression(std::string_view expression, std::size_t offset) {
  const std::string_view before = expression.substr(0, std::min(offset, expression.size()));
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto line = std::count(before.begin(), before.end(), '\n');
  const int column = static_cast<int>(before.size() - line_start);
  return {"expression", static_cast<int>(line) + 1, column + 1, column + 2};
}

std::string render_expression_diagnostics(const Diagnostics& diagnostics,
                                          std::string_view expression, const Style& style) {
  return render_diagnostics(
      diagnostics, [expression](const std::string&) { return expression; }, style);
}

}  // namespace syncwright
