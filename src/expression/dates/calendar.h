#pragma once

#include <cstdint>

#include "syncwright/expression/value.h"

namespace syncwright {

inline constexpr std::int64_t ticks_per_second = 10'000'000;
inline constexpr std::int64_t ticks_per_minute = 60 * ticks_per_second;
inline constexpr std::int64_t ticks_per_hour = 60 * ticks_per_minute;
inline constexpr std::int64_t ticks_per_day = 24 * ticks_per_hour;
/// 9999-12-31T23:59:59.9999999
inline constexpr std::int64_t max_ticks = 3'652'059 * ticks_per_day - 1;

/// A day of the Gregorian calendar, years 1 to 9999.
struct CalendarDate {
  int year = 1;
  int month = 1;
  int day = 1;
};

[[nodiscard]] int days_in_month(int year, int month);
[[nodiscard]] bool is_valid(const CalendarDate& date);
/// At midnight. REQUIRES: a valid date.
[[nodiscard]] std::int64_t ticks_of(const CalendarDate& date);
/// Ticks outside the years 1 to 9999 count as the nearest end.
[[nodiscard]] CalendarDate calendar_date(DateTime date);
/// 0 is Sunday.
[[nodiscard]] int weekday_of(DateTime date);

}  // namespace syncwright
