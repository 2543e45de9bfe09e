#pragma once

#include <string>
#include <string_view>

namespace syncwright {

/// What a piece of text says; a Style decides how that looks.
enum class Tone {
  plain,
  strong,  ///< names
  faint,   ///< positions, reasons, everything that may be skipped
  good,    ///< something comes into being, or went well
  change,  ///< something changes, or needs a look
  bad,     ///< something goes, is refused or failed
};

/// How text is written to one stream. A value: renderers ask nothing else about the terminal, so
/// that equal input and style give equal text.
struct Style {
  bool color = false;   ///< ANSI colours; without them the text holds no escape sequence at all
  int width = 100;      ///< columns; lines are broken at blanks where they would be longer
  bool unicode = true;  ///< "→", "✓"; otherwise "->", "ok"

  [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;
  [[nodiscard]] std::string_view arrow() const { return unicode ? "→" : "->"; }
  [[nodiscard]] std::string_view ellipsis() const { return unicode ? "…" : "..."; }
};

}  // namespace syncwright
