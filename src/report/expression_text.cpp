#include "syncwright/report/expression_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "page.h"
#include "source_excerpt.h"
#include "syncwright/report/escape.h"

namespace syncwright {
namespace {

constexpr std::size_t kGutter = 6;

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
  const SourceRange where = place_in(expression, fault.offset);
  Page page(style);
  const std::string kind =
      fault.code.empty() ? "error" : fmt::format("error[{}]", escape_terminal(fault.code));
  page.line(page.paint(Tone::strong, fmt::format("expression:{}:{}: ", where.line, where.column)) +
            page.paint(Tone::bad, kind) + ": " + escape_terminal(fault.message));
  const std::size_t width = static_cast<std::size_t>(std::max(style.width, 40)) - kGutter - 3;
  const SourceExcerpt shown = excerpt(expression, where, width, style.ellipsis());
  if (!shown.line.empty()) {
    page.line(page.paint(Tone::faint, fmt::format("{:>{}} | ", where.line, kGutter)) + shown.line);
    page.line(page.paint(Tone::faint, std::string(kGutter, ' ') + " |") + ' ' +
              std::string(shown.caret, ' ') + page.paint(Tone::bad, "^"));
  }
  if (!fault.advice.empty()) {
    page.line(std::string(kGutter, ' ') + " " + page.paint(Tone::faint, "=") + " " +
              escape_terminal(fault.advice));
  }
  return page.take();
}

}  // namespace syncwright
