#include "syncwright/report/diagnostic_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/page.h"
#include "report/text/source_excerpt.h"
#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kGutter = 6;

/// "manifests/a.yaml:12:7: ", as far as it is known.
std::string prefix_of(const SourceRange& where) {
  if (where.file.empty()) return {};
  std::string text = escape_terminal(where.file.text()) + ":";
  if (where.line > 0) text += fmt::format("{}:", where.line);
  if (where.line > 0 && where.column > 0) text += fmt::format("{}:", where.column);
  return text + " ";
}

void append_source(Page& page, const Diagnostic& diagnostic, const SourceLookup& source) {
  if (diagnostic.where.file.empty() || diagnostic.where.line <= 0 || !source) return;
  const std::size_t gutter = kGutter + 3;
  const auto width = static_cast<std::size_t>(std::max(page.style().width, 40)) - gutter;
  const SourceExcerpt shown =
      excerpt(source(diagnostic.where.file), diagnostic.where, width, page.style().ellipsis());
  if (shown.line.empty()) return;
  const std::string number = fmt::format("{:>{}} | ", diagnostic.where.line, kGutter);
  page.line(page.paint(Tone::faint, number) + shown.line);
  if (diagnostic.where.column <= 0) return;
  page.line(page.paint(Tone::faint, std::string(kGutter, ' ') + " |") + ' ' +
            std::string(shown.caret, ' ') +
            page.paint(tone_of(diagnostic.severity), std::string(shown.caret_length, '^')));
}

void append_diagnostic(Page& page, const Diagnostic& diagnostic, const SourceLookup& source) {
  std::string kind = to_string(diagnostic.severity);
  if (diagnostic.code != Code::none) kind += fmt::format("[{}]", to_string(diagnostic.code));
  page.line(page.paint(Tone::strong, prefix_of(diagnostic.where)) +
            page.paint(tone_of(diagnostic.severity), kind) + ": " +
            escape_terminal(diagnostic.message));
  append_source(page, diagnostic, source);
  if (!diagnostic.advice.empty()) {
    page.line(std::string(kGutter, ' ') + " " + page.paint(Tone::faint, "=") + " " +
              escape_terminal(diagnostic.advice));
  }
}

Json to_json(const Diagnostic& diagnostic) {
  return {{"code", diagnostic.code},          {"severity", to_string(diagnostic.severity)},
          {"message", diagnostic.message},    {"advice", diagnostic.advice},
          {"file", diagnostic.where.file},    {"line", diagnostic.where.line},
          {"column", diagnostic.where.column}};
}

}  // namespace

std::string render_diagnostics(const Diagnostics& diagnostics, const SourceLookup& source,
                               const Style& style) {
  Page page(style);
  for (const Diagnostic& diagnostic : diagnostics.items()) {
    append_diagnostic(page, diagnostic, source);
  }
  return page.take();
}

std::string count_diagnostics(const Diagnostics& diagnostics) {
  std::string text;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto count = std::count_if(
        diagnostics.items().begin(), diagnostics.items().end(),
        [severity](const Diagnostic& diagnostic) { return diagnostic.severity == severity; });
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += count_words(static_cast<std::size_t>(count), to_string(severity));
  }
  return text;
}

SourceRange place_in_expression(std::string_view expression, std::size_t offset) {
  return source_range("expression", LineIndex(expression).span(offset, offset + 1));
}

std::string render_expression_diagnostics(const Diagnostics& diagnostics,
                                          std::string_view expression, const Style& style) {
  return render_diagnostics(
      diagnostics, [expression](const std::string&) { return expression; }, style);
}

Json to_json(const Diagnostics& diagnostics) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.items()) list.push_back(to_json(diagnostic));
  return list;
}

}  // namespace syncwright::report
