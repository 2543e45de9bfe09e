#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "expression/dates/date_time.h"
#include "expression/functions/letters.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

constexpr std::int64_t file_time_epoch = 504'911'232'000'000'000;  // 1601-01-01

/// Either a number of ticks or a number of months.
struct Interval {
  std::string_view name;
  std::int64_t ticks;
  std::int64_t months;
};

constexpr std::array intervals{
    Interval{"yyyy", 0, 12},
    Interval{"q", 0, 3},
    Interval{"m", 0, 1},
    Interval{"y", ticks_per_day, 0},
    Interval{"d", ticks_per_day, 0},
    Interval{"w", ticks_per_day, 0},
    Interval{"ww", 7 * ticks_per_day, 0},
    Interval{"h", ticks_per_hour, 0},
    Interval{"n", ticks_per_minute, 0},
    Interval{"s", ticks_per_second, 0},
};

tl::expected<Interval, std::string> interval_of(std::string_view name) {
  const std::string lower = to_lower(name, "");
  const auto found = std::find_if(intervals.begin(), intervals.end(),
                                  [&](const Interval& known) { return known.name == lower; });
  if (found != intervals.end()) return *found;
  return tl::unexpected<std::string>(
      fmt::format("\"{}\" is no interval; the intervals are yyyy, q, m, y, d, w, ww, h, n and s",
                  shorten(name)));
}

tl::unexpected<std::string> out_of_range() {
  return tl::unexpected<std::string>("the date would lie outside the years 1 to 9999");
}

tl::expected<DateTime, std::string> add_months(DateTime date, std::int64_t months) {
  constexpr std::int64_t most = 120'000;  // the months up to the year 10000
  if (months < -most || months > most) return out_of_range();
  const CalendarDate day = calendar_date(date);
  const std::int64_t total = std::int64_t{day.year} * 12 + (day.month - 1) + months;
  if (total < 12 || total >= most) return out_of_range();
  const int year = static_cast<int>(total / 12);
  const int month = static_cast<int>(total % 12) + 1;
  const CalendarDate moved{year, month, std::min(day.day, days_in_month(year, month))};
  return DateTime{ticks_of(moved) + date.ticks % ticks_per_day};
}

/// Each date back to the Sunday of its week, at its own time of day: as VB.NET does it.
std::int64_t weeks_between(DateTime from, DateTime to) {
  const std::int64_t span =
      (to.ticks - weekday_of(to) * ticks_per_day) - (from.ticks - weekday_of(from) * ticks_per_day);
  return span / ticks_per_day / 7;
}

std::int64_t fields_between(std::int64_t months, DateTime from, DateTime to) {
  const auto count = [months](DateTime date) {
    const CalendarDate day = calendar_date(date);
    return (std::int64_t{day.year} * 12 + day.month - 1) / months;
  };
  return count(to) - count(from);
}

}  // namespace

tl::expected<DateTime, std::string> add_interval(std::string_view interval, std::int64_t amount,
                                                 DateTime date) {
  const auto unit = interval_of(interval);
  if (!unit) return tl::unexpected(unit.error());
  const std::int64_t size = unit->months != 0 ? unit->months : unit->ticks;
  if (amount > max_ticks / size || amount < -(max_ticks / size)) return out_of_range();
  if (unit->months != 0) return add_months(date, amount * size);
  const std::int64_t ticks = date.ticks + amount * size;
  if (ticks < 0 || ticks > max_ticks) return out_of_range();
  return DateTime{ticks};
}

tl::expected<std::int64_t, std::string> interval_between(std::string_view interval, DateTime from,
                                                         DateTime to) {
  const auto unit = interval_of(interval);
  if (!unit) return tl::unexpected(unit.error());
  if (unit->months != 0) return fields_between(unit->months, from, to);
  if (unit->name == "ww") return weeks_between(from, to);
  const std::int64_t elapsed = (to.ticks - from.ticks) / unit->ticks;
  return unit->name == "w" ? elapsed / 7 : elapsed;
}

tl::expected<DateTime, std::string> from_file_time(std::int64_t file_time) {
  if (file_time < 0 || file_time > max_ticks - file_time_epoch) {
    return tl::unexpected<std::string>(
        fmt::format("{} is no file time between the years 1601 and 9999", file_time));
  }
  return DateTime{file_time + file_time_epoch};
}

std::int64_t to_file_time(DateTime date) {
  return date.ticks - file_time_epoch;
}

}  // namespace syncwright::expression
