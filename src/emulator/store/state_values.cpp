#include "emulator/store/state_values.h"

#include <algorithm>

namespace syncwright::emulator {

Json to_state(Instant instant) {
  return std::clamp(instant, earliest_time, latest_time).time_since_epoch().count();
}

Json to_state(const std::optional<Instant>& instant) {
  return instant ? to_state(*instant) : Json(nullptr);
}

bool read_time(const Json& owner, const char* key, Instant& time) {
  constexpr std::int64_t earliest = earliest_time.time_since_epoch().count();
  constexpr std::int64_t latest = latest_time.time_since_epoch().count();
  const std::int64_t value = int_or(owner, key, earliest - 1);
  if (value < earliest || value > latest) return false;
  time = Instant{Milliseconds{value}};
  return true;
}

bool read_time(const Json& owner, const char* key, std::optional<Instant>& time) {
  time.reset();
  if (member_or_null(owner, key).is_null()) return true;
  Instant read;
  if (!read_time(owner, key, read)) return false;
  time = read;
  return true;
}

std::int64_t count_or(const Json& owner, const char* key, std::int64_t fallback) {
  constexpr std::int64_t most = std::int64_t{1} << 53U;
  return std::clamp<std::int64_t>(int_or(owner, key, fallback), 0, most);
}

}  // namespace syncwright::emulator
