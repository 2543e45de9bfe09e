#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/value.h"

namespace syncwright {

/// How an error message shows what it was given. An attribute may hold megabytes, and an error goes
/// to terminals, logs and reports: whoever quotes a value in a message goes through one of these.

/// At most `most` bytes of the text, whole characters, with "..." behind it where it was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t most = 80);
/// In backticks, shortened; "nothing" for null.
[[nodiscard]] std::string quoted(const Value& value);
[[nodiscard]] std::string quoted(std::string_view text);
/// Each quoted, with commas between them; the first ten, and how many there are beside them.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& texts);

}  // namespace syncwright
