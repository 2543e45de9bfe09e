#pragma once

#include <string>

namespace syncwright {

/// The text of a file that diagnostics point into, for printing the line and a caret below it.
/// `file` is spelled as in SourceRange. Values that may be secrets are already replaced by
/// "(secret)".
struct SourceText {
  std::string file;
  std::string text;
};

}  // namespace syncwright
