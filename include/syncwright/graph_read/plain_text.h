#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/core/json.h"

namespace syncwright {

/// Stands at the end of a text that was cut.
inline constexpr std::string_view kCutMark = "...";

/// Free text of an answer, made fit for a terminal and a log line: control characters, line breaks
/// and characters that turn the writing direction become blanks, runs of blanks one blank, bytes
/// that are no UTF-8 go. At most `max_bytes`, cut between characters and marked with "...".
[[nodiscard]] std::string plain_text(std::string_view text, std::size_t max_bytes = 500);

/// plain_text of a member; empty where there is none, or it is no text.
[[nodiscard]] std::string plain_member(const Json& object, const char* key,
                                       std::size_t max_bytes = 500);

}  // namespace syncwright
