#pragma once

#include <optional>
#include <string>

#include "syncwright/core/clock.h"

namespace syncwright::cli {

/// "90s", "15m", "1h", "2d" before now, or an RFC 3339 time.
[[nodiscard]] std::optional<Instant> parse_since(const std::string& text, Instant now);

/// What to write instead of a --since that is none.
inline constexpr const char* kSinceAdvice = "write 30m, 1h, 2d or 2026-11-22T10:00:00Z";

}  // namespace syncwright::cli
