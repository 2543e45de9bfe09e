#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace syncwright {

/// Free text of an answer, made fit for a terminal and a log line: control characters, line breaks
/// and characters that turn the writing direction become blanks, runs of blanks one blank, bytes
/// that are no UTF-8 go. At most `max_bytes`, cut between characters and marked with "...".
[[nodiscard]] std::string plain_text(std::string_view text, std::size_t max_bytes = 500);

}  // namespace syncwright
