#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/core/json.h"

namespace syncwright::report::html {

/// Foreign text as text of a document or as the value of an attribute in quotes. What a terminal
/// must not see, a page must not either: control characters and those that reorder text are shown
/// as escape_terminal writes them, and then what HTML reserves is quoted. The only way into a page.
[[nodiscard]] std::string text(std::string_view foreign);

/// The same, at most `columns` wide: for pictures, whose text does not wrap.
[[nodiscard]] std::string short_text(std::string_view foreign, std::size_t columns);

/// JSON that may stand between <script type="application/json"> and its end tag: no character of
/// it can end the element or begin another one.
[[nodiscard]] std::string json(const Json& value);

/// `<TAG class="CLASS">content</TAG>`; `content` is markup. Empty content gives no element.
[[nodiscard]] std::string element(std::string_view tag, std::string_view css_class,
                                  std::string_view content);

/// "2026-11-22 10:00 UTC" with the time itself for machines; other text as it is.
[[nodiscard]] std::string time(const std::string& rfc3339);

}  // namespace syncwright::report::html
