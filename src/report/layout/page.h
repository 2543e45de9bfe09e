#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/report/style.h"

namespace syncwright::report {

/// A text of indented, wrapped and painted lines, built from top to bottom. What goes in is escaped
/// already.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  [[nodiscard]] const Style& style() const { return style_; }
  [[nodiscard]] std::string paint(Tone tone, std::string_view text) const {
    return style_.paint(tone, text);
  }

  /// A line as it is, painted already; on a terminal broken where it is too long.
  void line(std::string_view text = {});
  /// Text from column `indent` on, wrapped there.
  void paragraph(std::size_t indent, std::string_view text, Tone tone = Tone::plain);
  /// `head` (painted already, `head_width` columns wide) at `indent`, then `text` from column
  /// `column` on, wrapped there; `note` behind it, faint, on the last line where it fits, else on
  /// its own. On a terminal too narrow for that, text and note stand below the head.
  void entry(std::size_t indent, std::string_view head, std::size_t head_width, std::size_t column,
             std::string_view text, std::string_view note = {});
  /// `label` at `indent`, faint, and `text` from column `column` on.
  void fact(std::size_t indent, std::string_view label, std::size_t column, std::string_view text);

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  [[nodiscard]] std::size_t room(std::size_t column) const;
  /// `note` on a line of its own.
  void append_note(std::size_t indent, std::size_t column, std::string_view note);
  /// Whether a terminal has room for the longest word only below a head at `indent`.
  [[nodiscard]] bool fits_only_below(std::size_t indent, std::size_t column,
                                     std::string_view text) const;
  /// Whether a terminal has too little room from `column` on.
  [[nodiscard]] bool is_cramped(std::size_t column) const;

  const Style& style_;
  std::string text_;
};

}  // namespace syncwright::report
