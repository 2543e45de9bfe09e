#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::report {

/// Text is measured in columns of a terminal: an East Asian wide character or an emoji takes two, a
/// combining mark none. Texts hold no escape sequences, since they are painted after they are laid
/// out, but for `wrap_painted`.

[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` and blanks up to `width` columns.
[[nodiscard]] std::string pad(std::string_view text, std::size_t width);

/// Broken at blanks into lines of at most `width` columns; a longer word stays whole. At least one
/// line.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// A line that is painted already: broken at blanks into lines of at most `width` columns, all but
/// the first behind `indent` blanks more than the line begins with. A longer word stays whole.
[[nodiscard]] std::string wrap_painted(std::string_view line, std::size_t width,
                                       std::size_t indent);

/// `text`, or its first columns and `ellipsis`, in at most `width` columns.
[[nodiscard]] std::string elide(std::string_view text, std::size_t width,
                                std::string_view ellipsis);

}  // namespace syncwright::report
