#pragma once

#include <optional>
#include <string_view>

namespace syncwright {

/// Whether InStr's compareType asks for comparing without case: vbTextCompare or 1 does,
/// vbBinaryCompare, 0 and "" do not; nullopt where it is none of them.
[[nodiscard]] std::optional<bool> ignores_case(std::string_view compare_type);

}  // namespace syncwright
