#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "syncwright/core/clock.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

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

/// A date as it was written: the clock's reading and the offset beside it (0 for `Z`). Without an
/// offset it counts as UTC (docs/expressions.md#3, CDate).
struct ZonedDate {
  DateTime wall;
  std::optional<int> offset_minutes;

  /// Clipped to the years 1 to 9999.
  [[nodiscard]] DateTime utc() const;
};

/// Freely: ISO 8601 with or without time, fraction and offset ("2020-03-16-07:00", a blank for T),
/// "8/25/2021 5:41:18 PM", RFC 1123, and dates with English month names. Never digits alone.
/// Outer blanks do not count. The error names the text.
[[nodiscard]] tl::expected<ZonedDate, std::string> parse_date(std::string_view text);
/// By a .NET custom format, or a standard one of a single letter; invariant culture, exact but for
/// outer blanks and the case of names. A format without any date gives 0001-01-01.
[[nodiscard]] tl::expected<ZonedDate, std::string> parse_date(std::string_view text,
                                                              std::string_view format);
/// The clock as written; only `r`, `u` and `U` convert to UTC. An empty format is `G`.
[[nodiscard]] tl::expected<std::string, std::string> format_date(const ZonedDate& date,
                                                                 std::string_view format);
/// `M/d/yyyy h:mm:ss tt`
[[nodiscard]] std::string general_date(DateTime date);

/// VB.NET's DateAdd: `yyyy q m y d w ww h n s`, in any case. Months clip the day.
[[nodiscard]] tl::expected<DateTime, std::string> add_interval(std::string_view interval,
                                                               std::int64_t amount, DateTime date);
/// VB.NET's DateDiff, `to` minus `from`: `d y w h n s` count elapsed whole units (w: weeks), `ww`
/// Sundays, `m q yyyy` calendar fields.
[[nodiscard]] tl::expected<std::int64_t, std::string> interval_between(std::string_view interval,
                                                                       DateTime from, DateTime to);

/// Windows file time: 100 ns since 1601-01-01 UTC. Negative or past the year 9999: an error.
[[nodiscard]] tl::expected<DateTime, std::string> from_file_time(std::int64_t file_time);
/// Negative before 1601.
[[nodiscard]] std::int64_t to_file_time(DateTime date);

[[nodiscard]] DateTime from_instant(Instant instant);

/// .NET's DateTimeStyles, as the sum of the flags.
inline constexpr unsigned adjust_to_universal = 16;

/// A name in any case, a sum of the flags as a number ("32" was seen in a live tenant), or several
/// of both with commas between them; "" is no flag. The error is a sentence
/// without its subject, "is `x`, which is none of .NET's".
[[nodiscard]] tl::expected<unsigned, std::string> parse_date_time_styles(std::string_view styles);

}  // namespace syncwright::expression
