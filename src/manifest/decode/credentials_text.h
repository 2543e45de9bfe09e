#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace syncwright {

/// Hides a value that starts on `line` at `column` (both from 0) and goes on over all lines that
/// stand deeper than its key's.
void hide_value(std::vector<std::string>& lines, std::size_t key_line, std::size_t line,
                std::size_t column);

/// Hides whatever may be a secret below a key that is `credentials`, also misspelt, and behind keys
/// that Graph masks, in any case, wherever they stand. The text may be no YAML at all: what is
/// shown is what is surely no secret, a key, a well-formed reference or the value of a clear key.
void hide_credentials(std::vector<std::string>& lines);

}  // namespace syncwright
