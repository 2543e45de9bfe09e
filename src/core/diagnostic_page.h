#pragma once

#include <string>
#include <string_view>

#include "syncwright/core/diagnostic.h"

namespace syncwright {

/// What a page of docs/diagnostics says (its README.md has the form). An empty title: the text is
/// no such page.
struct DiagnosticPage {
  std::string title;
  Severity severity = Severity::error;
  /// The page for a terminal, without a line break at its end: no blank lines, each example
  /// directly below the sentence that it belongs to and indented, no links.
  std::string text;
};

[[nodiscard]] DiagnosticPage read_diagnostic_page(std::string_view markdown);

}  // namespace syncwright
