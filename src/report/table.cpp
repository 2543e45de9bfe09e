#include "table.h"

#include <algorithm>
#include <utility>

#include "text_layout.h"

namespace syncwright {

namespace {

constexpr std::size_t kGap = 3;

/// `widths`: 0 for a column that is left out.
std::string render_row(const std::vector<Table::Cell>& row, const std::vector<std::size_t>& widths,
                       const Style& style) {
  std::string line;
  std::size_t owed = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
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
  const std::vector<std::size_t> columns = widths();
  std::string text = render_row(headings_, columns, style);
  for (const std::vector<Cell>& row : rows_) text += render_row(row, columns, style);
  return text;
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

}  // namespace syncwright
