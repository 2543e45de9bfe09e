#include "syncwright/report/style.h"

#include <algorithm>

#include "report/layout/text_layout.h"

namespace syncwright::report {

namespace {

std::string_view sequence_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::faint:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[32m";
    case Tone::change:
      return "\x1b[33m";
    case Tone::bad:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string Style::paint(Tone tone, std::string_view text) const {
  if (!color || tone == Tone::plain || text.empty()) return std::string(text);
  std::string painted(sequence_of(tone));
  painted += text;
  painted += "\x1b[0m";
  return painted;
}

std::string Style::fit(std::string_view line, std::size_t indent) const {
  if (!terminal) return std::string(line);
  return wrap_painted(line, static_cast<std::size_t>(std::max(width, 1)), indent);
}

}  // namespace syncwright::report
