#pragma once

#include <string>
#include <string_view>

namespace syncwright {

/// In double quotes, with `"` and `\` escaped.
[[nodiscard]] std::string quote_constant(std::string_view value);

}  // namespace syncwright
