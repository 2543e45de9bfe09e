#include "report/layout/table.h"

#include <algorithm>
#include <utility>

#include "report/layout/text_layout.h"
#include "syncwright/core/ascii.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kGap = 3;

/// The indent of cells that stand below their row.
constexpr std::size_t kIndentBelow = 4;

/// How many of the columns stand side by side.
std::size_t count_fitting(const std::vector<std::size_t>& widths, const Style& style) {
  if (!style.terminal) return widths.size();
  const auto room = static_cast<std::size_t>(std::max(style.width, 0));
  std::size_t used = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] == 0) continue;
    used += widths[i] + (used > 0 ? kGap : 0);
    if (used > room && i > 0) return i;
  }
  return widths.size();
}

/// `widths`: 0 for a column that is left out.
std::string render_row(const std::vector<Table::Cell>& row, const std::vector<std::size_t>& widths,
                       const Style& style) {
  std::string line;
  std::size_t owed = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (widths[i] == 0) continue;
    if (!row[i].text.empty()) {
      line.append(owed, ' ');
      line += style.paint(row[i].tone, row[i].text);
      owed = 0;
    }
    owed += widths[i] - display_width(row[i].text) + kGap;
  }
  return line + "\n";
}

}  // namespace

Table::Table(std::vector<std::string> headings) {
  for (std::string& heading : headings) headings_.push_back({std::move(heading), Tone::faint});
}

void Table::add(std::vector<Cell> row) {
  rows_.push_back(std::move(row));
}

std::string Table::render(const Style& style) const {
  std::vector<std::size_t> columns = widths();
  columns.resize(count_fitting(columns, style));
  std::string text = render_row(headings_, columns, style);
  for (const std::vector<Cell>& row : rows_) {
    text += render_row(row, columns, style) + render_below(row, columns.size(), style);
  }
  return text;
}

std::string Table::render_below(const std::vector<Cell>& row, std::size_t first,
                                const Style& style) const {
  const auto room = static_cast<std::size_t>(std::max(style.width, 0));
  std::string text;
  std::string line;
  std::size_t used = 0;
  for (std::size_t i = first; i < row.size(); ++i) {
    if (row[i].text.empty()) continue;
    const std::string name = ascii::lower(headings_[i].text);
    const std::size_t width = display_width(name) + 1 + display_width(row[i].text);
    if (used > 0) line += ';';
    if (used == 0 || used + 2 + width > room) {
      if (used > 0) text += style.fit(line) + "\n";
      line = std::string(kIndentBelow, ' ');
      used = kIndentBelow + width;
    } else {
      line += ' ';
      used += 2 + width;
    }
    line += style.paint(Tone::faint, name) + " " + style.paint(row[i].tone, row[i].text);
  }
  return used > 0 ? text + style.fit(line) + "\n" : text;
}

std::vector<std::size_t> Table::widths() const {
  std::vector<std::size_t> columns(headings_.size(), 0);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const std::vector<Cell>& row : rows_) {
      columns[i] = std::max(columns[i], display_width(row[i].text));
    }
    if (columns[i] > 0) columns[i] = std::max(columns[i], display_width(headings_[i].text));
  }
  return columns;
}

}  // namespace syncwright::report
