#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/report/style.h"

namespace syncwright::report {

/// Columns of text, as wide as their widest cell, three blanks apart, the last one not filled up.
/// On a terminal too narrow for all of them, the first that fit stand side by side, and what the
/// others hold stands below each row, by name: "imported 12; exported 3".
class Table {
 public:
  /// A text of one row and column; empty: nothing to say.
  struct Cell {
    std::string text;  ///< escaped
    Tone tone = Tone::plain;
  };

  explicit Table(std::vector<std::string> headings);

  void add(std::vector<Cell> row);  ///< as many cells as headings
  /// A column without a text in any row is left out, heading and all.
  [[nodiscard]] std::string render(const Style& style) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths() const;
  [[nodiscard]] std::string render_below(const std::vector<Cell>& row, std::size_t first,
                                         const Style& style) const;

  std::vector<Cell> headings_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace syncwright::report
