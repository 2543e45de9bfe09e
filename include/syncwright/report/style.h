#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace syncwright::report {

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
  /// Whether a terminal shows the text, which would break what is longer than `width` in the middle
  /// of a word: no line is longer then. In a pipe what is one line stays one, for grep.
  bool terminal = false;

  [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;
  [[nodiscard]] std::string_view arrow() const { return unicode ? "→" : "->"; }
  [[nodiscard]] std::string_view ellipsis() const { return unicode ? "…" : "..."; }

  /// `line`, painted or not, as a terminal is to show it: broken at blanks where it is wider than
  /// the terminal, continued `indent` columns further in than it began. A longer word stays whole.
  [[nodiscard]] std::string fit(std::string_view line, std::size_t indent = 4) const;
};

}  // namespace syncwright::report
