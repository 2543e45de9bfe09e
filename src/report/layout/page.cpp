#include "report/layout/page.h"

#include <algorithm>
#include <vector>

#include "report/layout/text_layout.h"

namespace syncwright::report {

namespace {

/// The width that is assumed where the terminal reports a smaller one.
constexpr std::size_t kLeastRoom = 24;
/// The indent of a text that stands below its head, because the line has no room for both.
constexpr std::size_t kStep = 4;
/// The column at which a paragraph begins that would have too little room.
constexpr std::size_t kCrampedIndent = 12;

std::string blanks(std::size_t count) {
  return std::string(count, ' ');
}

}  // namespace

void Page::line(std::string_view text) {
  text_ += style_.fit(text);
  text_ += '\n';
}

void Page::paragraph(std::size_t indent, std::string_view text, Tone tone) {
  if (is_cramped(indent)) indent = std::min(indent, kCrampedIndent);
  for (const std::string& part : wrap(text, room(indent))) {
    line(blanks(indent) + paint(tone, part));
  }
}

void Page::entry(std::size_t indent, std::string_view head, std::size_t head_width,
                 std::size_t column, std::string_view text, std::string_view note) {
  if (is_cramped(column) || fits_only_below(indent, column, text)) {
    line(blanks(indent) + std::string(head));
    if (!text.empty()) paragraph(indent + kStep, text);
    if (!note.empty()) paragraph(indent + kStep, note, Tone::faint);
    return;
  }
  const std::vector<std::string> lines = wrap(text, room(column));
  const std::size_t used = indent + head_width;
  std::string current = blanks(indent) + std::string(head);
  if (!text.empty() || !note.empty()) current += blanks(column > used ? column - used : 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) {
      line(current);
      current = blanks(column);
    }
    current += lines[i];
  }
  if (!note.empty()) {
    const std::size_t last = display_width(lines.back());
    const bool fits = last + 2 + display_width(note) <= room(column);
    if (!fits) {
      line(current);
      append_note(indent, column, note);
      return;
    }
    current += blanks(last == 0 ? 0 : 2) + paint(Tone::faint, note);
  }
  line(current);
}

void Page::fact(std::size_t indent, std::string_view label, std::size_t column,
                std::string_view text) {
  entry(indent, paint(Tone::faint, label), display_width(label), column, text);
}

void Page::append_note(std::size_t indent, std::size_t column, std::string_view note) {
  if (!style_.terminal) {
    line(blanks(column) + paint(Tone::faint, note));
  } else {
    paragraph(fits_only_below(indent, column, note) ? indent + kStep : column, note, Tone::faint);
  }
}

bool Page::fits_only_below(std::size_t indent, std::size_t column, std::string_view text) const {
  if (!style_.terminal) return false;
  std::size_t longest = 0;
  for (const std::string& word : wrap(text, 1)) longest = std::max(longest, display_width(word));
  return longest > room(column) && longest <= room(indent + kStep);
}

bool Page::is_cramped(std::size_t column) const {
  return style_.terminal &&
         static_cast<std::size_t>(std::max(style_.width, 0)) < column + kLeastRoom;
}

std::size_t Page::room(std::size_t column) const {
  const auto width = static_cast<std::size_t>(std::max(style_.width, 0));
  return width > column + kLeastRoom ? width - column : kLeastRoom;
}

}  // namespace syncwright::report
