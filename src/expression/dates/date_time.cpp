#include "expression/dates/date_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "expression/functions/comparison.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

constexpr std::int64_t unix_epoch = 621'355'968'000'000'000;  // 1970-01-01

std::int64_t clip(std::int64_t ticks) {
  return std::clamp<std::int64_t>(ticks, 0, max_ticks);
}

std::chrono::year_month_day chrono_date(const CalendarDate& date) {
  return {std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
          std::chrono::day{static_cast<unsigned>(date.day)}};
}

}  // namespace

int days_in_month(int year, int month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year{year},
      std::chrono::month_day_last{std::chrono::month{static_cast<unsigned>(month)}}};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool is_valid(const CalendarDate& date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::int64_t ticks_of(const CalendarDate& date) {
  const std::chrono::sys_days days{chrono_date(date)};
  return unix_epoch + std::int64_t{days.time_since_epoch().count()} * ticks_per_day;
}

CalendarDate calendar_date(DateTime date) {
  const std::int64_t days = clip(date.ticks) / ticks_per_day - unix_epoch / ticks_per_day;
  const std::chrono::year_month_day day{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

int weekday_of(DateTime date) {
  // 0001-01-01 was a Monday.
  return static_cast<int>((clip(date.ticks) / ticks_per_day + 1) % 7);
}

DateTime ZonedDate::utc() const {
  return {clip(wall.ticks - std::int64_t{offset_minutes.value_or(0)} * ticks_per_minute)};
}

DateTime from_instant(Instant instant) {
  constexpr std::int64_t ticks_per_millisecond = ticks_per_second / 1000;
  constexpr std::int64_t first = -unix_epoch / ticks_per_millisecond;
  constexpr std::int64_t last = (max_ticks - unix_epoch) / ticks_per_millisecond;
  const std::int64_t milliseconds =
      std::clamp<std::int64_t>(instant.time_since_epoch().count(), first, last);
  return {unix_epoch + milliseconds * ticks_per_millisecond};
}

std::string general_date(DateTime date) {
  const CalendarDate day = calendar_date(date);
  const std::int64_t time = clip(date.ticks) % ticks_per_day;
  const std::int64_t hour = time / ticks_per_hour;
  return fmt::format("{}/{}/{:04} {}:{:02}:{:02} {}", day.month, day.day, day.year,
                     hour % 12 == 0 ? 12 : hour % 12, time / ticks_per_minute % 60,
                     time / ticks_per_second % 60, hour < 12 ? "AM" : "PM");
}

namespace {

struct NamedStyle {
  std::string_view name;
  unsigned flags;
};

/// https://learn.microsoft.com/dotnet/api/system.globalization.datetimestyles
constexpr std::array known_styles{
    NamedStyle{"None", 0},
    NamedStyle{"AllowLeadingWhite", 1},
    NamedStyle{"AllowTrailingWhite", 2},
    NamedStyle{"AllowInnerWhite", 4},
    NamedStyle{"AllowWhiteSpaces", 7},
    NamedStyle{"NoCurrentDateDefault", 8},
    NamedStyle{"AdjustToUniversal", adjust_to_universal},
    NamedStyle{"AssumeLocal", 32},
    NamedStyle{"AssumeUniversal", 64},
    NamedStyle{"RoundtripKind", 128},
};
constexpr std::int64_t all_flags = 255;

std::optional<unsigned> flags_of(std::string_view style) {
  if (style.empty()) return 0;
  for (const NamedStyle& known : known_styles) {
    if (ascii::equal_ignoring_case(style, known.name)) return known.flags;
  }
  const std::optional<std::int64_t> number = parse_whole_number(style);
  if (!number || *number < 0 || *number > all_flags) return std::nullopt;
  return static_cast<unsigned>(*number);
}

}  // namespace

tl::expected<unsigned, std::string> parse_date_time_styles(std::string_view styles) {
  unsigned sum = 0;
  while (!styles.empty()) {
    const std::size_t comma = std::min(styles.find(','), styles.size());
    const std::string_view style = ascii::trim(styles.substr(0, comma), " ");
    const std::optional<unsigned> flags = flags_of(style);
    if (!flags) {
      return tl::unexpected(fmt::format("is {}, which is none of .NET's", quote(style)));
    }
    sum |= *flags;
    styles.remove_prefix(std::min(comma + 1, styles.size()));
  }
  return sum;
}

}  // namespace syncwright::expression
