#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A state file may be written by anybody. Its times lie in the years 1 to 9999, which Graph's own
/// form of a time can say, and its counts are far from the largest number: no sum with a delay, an
/// interval or the clock overflows.
inline constexpr Instant earliest_time{
    std::chrono::sys_days{std::chrono::year{1} / std::chrono::January / 1}};
inline constexpr Instant latest_time{
    Instant{std::chrono::sys_days{std::chrono::year{10'000} / std::chrono::January / 1}} -
    Milliseconds{1}};

/// Milliseconds since 1970; a time out of bounds is written as the bound, so that what was saved
/// can be read.
[[nodiscard]] Json to_state(Instant instant);
[[nodiscard]] Json to_state(const std::optional<Instant>& instant);  ///< null for none

/// False where the member is no time, or none within the bounds.
[[nodiscard]] bool read_time(const Json& owner, const char* key, Instant& time);
/// The same of a time that may be missing or null: nullopt then.
[[nodiscard]] bool read_time(const Json& owner, const char* key, std::optional<Instant>& time);

/// How often something happened: the member from 0 up to 2^53, or `fallback` where it is no
/// integer.
[[nodiscard]] std::int64_t count_or(const Json& owner, const char* key, std::int64_t fallback);

}  // namespace syncwright::emulator
