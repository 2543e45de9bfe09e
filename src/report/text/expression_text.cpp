#include "syncwright/report/expression_text.h"

#include "syncwright/report/diagnostic_text.h"

namespace syncwright {

SourceRange place_in_expression(std::string_view expression, std::size_t offset) {
  return source_range("expression", LineIndex(expression).span(offset, offset + 1));
}

std::string render_expression_diagnostics(const Diagnostics& diagnostics,
                                          std::string_view expression, const Style& style) {
  return render_diagnostics(
      diagnostics, [expression](const std::string&) { return expression; }, style);
}

}  // namespace syncwright
