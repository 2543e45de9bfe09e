#include <algorithm>
#include <span>
#include <string>

#include "report/layout/text_layout.h"
#include "report/text/plan_sections.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kBetweenColumns = 3;
constexpr std::size_t kNarrowestColumn = 24;
constexpr const char* kNameHeading = "application";

struct FittedColumn {
  std::string heading;
  const std::vector<std::string>* values;
  std::size_t width;
};

/// Cells of one row, each wrapped in its column's width.
void append_cells(Page& page, std::size_t indent, const std::vector<std::string>& cells,
                  const std::vector<std::size_t>& widths, Tone tone) {
  std::vector<std::vector<std::string>> wrapped;
  std::size_t height = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    wrapped.push_back(wrap(cells[i], widths[i]));
    height = std::max(height, wrapped.back().size());
  }
  for (std::size_t k = 0; k < height; ++k) {
    std::string line;
    std::size_t owed = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string part = k < wrapped[i].size() ? wrapped[i][k] : "";
      if (!part.empty()) line += std::string(owed, ' ') + part;
      const std::size_t used = display_width(part);
      owed = (part.empty() ? owed : 0) + std::max(widths[i], used) - used + kBetweenColumns;
    }
    page.line(std::string(indent, ' ') + page.paint(tone, line));
  }
}

class DifferenceTable {
 public:
  DifferenceTable(Page& page, std::size_t indent, const ApplicationGroup& group)
      : page_(page), indent_(indent), group_(group), rows_(group.name_count()) {
    const auto width = static_cast<std::size_t>(std::max(page.style().width, 0));
    room_ = width > indent ? width - indent : 0;
    name_width_ = display_width(kNameHeading);
    for (std::size_t i = 0; i < rows_; ++i) {
      const std::size_t own = display_width(escape_terminal(group.applications[i]));
      if (own <= room_ / 2) name_width_ = std::max(name_width_, own);
    }
  }

  [[nodiscard]] FittedColumn column_of(const DifferingValue& value) const {
    FittedColumn column{escape_terminal(value.heading), &value.values, 0};
    column.width = display_width(column.heading);
    for (std::size_t i = 0; i < rows_; ++i) {
      column.width = std::max(column.width, display_width(value.values[i]));
    }
    column.width = std::min(column.width, std::max(room_for_values(), kNarrowestColumn));
    return column;
  }

  [[nodiscard]] std::size_t room_for_values() const {
    const std::size_t taken = name_width_ + kBetweenColumns;
    return room_ > taken ? room_ - taken : 0;
  }

  void append(std::span<const FittedColumn> columns) const {
    std::vector<std::size_t> widths{name_width_};
    std::vector<std::string> cells{kNameHeading};
    for (const FittedColumn& column : columns) {
      widths.push_back(column.width);
      cells.push_back(column.heading);
    }
    append_cells(page_, indent_, cells, widths, Tone::faint);
    for (std::size_t i = 0; i < rows_; ++i) {
      cells = {escape_terminal(group_.applications[i])};
      for (const FittedColumn& column : columns) cells.push_back((*column.values)[i]);
      // A name that is too long for its column stands above its values.
      if (display_width(cells.front()) > name_width_) {
        page_.line(std::string(indent_, ' ') + cells.front());
        cells.front().clear();
      }
      append_cells(page_, indent_, cells, widths, Tone::plain);
    }
  }

 private:
  Page& page_;
  std::size_t indent_;
  const ApplicationGroup& group_;
  std::size_t rows_;
  std::size_t room_ = 0;
  std::size_t name_width_ = 0;
};

}  // namespace

void append_differences(Page& page, std::size_t indent, const ApplicationGroup& group,
                        const std::vector<const DifferingValue*>& columns) {
  if (columns.empty()) return;
  const DifferenceTable table(page, indent, group);
  std::vector<FittedColumn> beside;
  std::size_t used = 0;
  for (const DifferingValue* value : columns) {
    FittedColumn column = table.column_of(*value);
    const std::size_t needed = (beside.empty() ? 0 : kBetweenColumns) + column.width;
    if (!beside.empty() && used + needed > table.room_for_values()) {
      table.append(beside);
      beside.clear();
      used = 0;
    }
    used += (beside.empty() ? 0 : kBetweenColumns) + column.width;
    beside.push_back(std::move(column));
  }
  table.append(beside);
  const std::string others = unnamed_words(group);
  if (!others.empty()) page.line(std::string(indent - 1, ' ') + others);
}

}  // namespace syncwright::report
