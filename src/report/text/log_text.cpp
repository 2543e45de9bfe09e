#include "syncwright/report/log_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kIndent = 4;

Tone tone_of_status(const std::string& status) {
  if (status == "success") return Tone::good;
  return status == "failure" ? Tone::bad : Tone::change;
}

/// Widths of the columns that stand before the free text.
struct Widths {
  std::size_t time = 0;
  std::size_t application = 0;
  std::size_t action = 0;
  std::size_t status = 0;
};

Widths widths_of(const std::vector<LogRow>& rows, const Times& times) {
  Widths widths;
  const auto widen = [](std::size_t& width, const std::string& text) {
    width = std::max(width, display_width(escape_terminal(text)));
  };
  for (const LogRow& row : rows) {
    widths.time = std::max(widths.time, display_width(times.words(row.time)));
    widen(widths.application, row.application);
    widen(widths.action, row.action);
    widen(widths.status, row.status);
  }
  return widths;
}

std::string subject_of(const LogRow& row, const Style& style) {
  if (row.target.empty()) return escape_terminal(row.source);
  return fmt::format("{} {} {}", escape_terminal(row.source), style.arrow(),
                     escape_terminal(row.target));
}

void append_modified(Page& page, const LogRow& row) {
  std::size_t width = 0;
  for (const auto& [attribute, value] : row.modified) {
    width = std::max(width, display_width(escape_terminal(attribute)));
  }
  for (const auto& [attribute, value] : row.modified) {
    page.fact(kIndent, escape_terminal(attribute), kIndent + width + 2, escape_terminal(value));
  }
}

void append_failure(Page& page, const LogRow& row) {
  std::string text = escape_terminal(row.error_code);
  if (!row.reason.empty()) text += (text.empty() ? "" : ": ") + escape_terminal(row.reason);
  if (!text.empty()) page.paragraph(kIndent, text, tone_of_status(row.status));
  if (!row.recommended_action.empty()) {
    page.paragraph(kIndent, escape_terminal(row.recommended_action), Tone::faint);
  }
}

void append_row(Page& page, const LogRow& row, const Widths& widths, const Times& times) {
  const Style& style = page.style();
  std::string line = fmt::format(
      "{}  {}  {}  {}  {}", style.paint(Tone::faint, pad(times.words(row.time), widths.time)),
      pad(escape_terminal(row.application), widths.application),
      pad(escape_terminal(row.action), widths.action),
      style.paint(tone_of_status(row.status), pad(escape_terminal(row.status), widths.status)),
      subject_of(row, style));
  while (line.ends_with(' ')) line.pop_back();
  page.line(line);
  append_modified(page, row);
  append_failure(page, row);
}

Json to_json(const LogRow& row) {
  Json modified = Json::array();
  for (const auto& [attribute, value] : row.modified) {
    modified.push_back({{"attribute", attribute}, {"newValue", value}});
  }
  return {{"id", row.id},
          {"time", row.time},
          {"application", row.application},
          {"action", row.action},
          {"status", row.status},
          {"source", row.source},
          {"target", row.target},
          {"errorCode", row.error_code},
          {"reason", row.reason},
          {"recommendedAction", row.recommended_action},
          {"modified", std::move(modified)}};
}

}  // namespace

std::string render_log(const std::vector<LogRow>& rows, const Style& style, const Times& times) {
  if (rows.empty()) return "No log entries.\n";
  const Widths widths = widths_of(rows, times);
  Page page(style);
  for (const LogRow& row : rows) append_row(page, row, widths, times);
  return page.take();
}

Json to_json(const std::vector<LogRow>& rows) {
  Json entries = Json::array();
  for (const LogRow& row : rows) entries.push_back(to_json(row));
  return {{"entries", std::move(entries)}};
}

}  // namespace syncwright::report
