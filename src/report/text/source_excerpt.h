#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/core/diagnostic.h"

namespace syncwright::report {

/// One line of a source, ready to print, and where to point into it, in columns of the terminal.
struct SourceExcerpt {
  std::string line;
  std::size_t caret = 0;         ///< columns before the place
  std::size_t caret_length = 1;  ///< at least 1
};

/// The line of `source` that `where` is on, cut around the place to `width` columns; its `line` is
/// empty where there is no such line. Tabs become blanks, everything else is escaped.
[[nodiscard]] SourceExcerpt excerpt(std::string_view source, const SourceRange& where,
                                    std::size_t width, std::string_view ellipsis);

}  // namespace syncwright::report
