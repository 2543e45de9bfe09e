#include "expression/dates/date_fields.h"

#include "expression/dates/date_time.h"
#include "syncwright/core/ascii.h"

namespace syncwright::expression {

namespace {

constexpr std::size_t tick_digits = 7;
constexpr int most_offset = 14 * 60;  // of .NET's DateTimeOffset

}  // namespace

bool DateCursor::skip_blanks() {
  const std::size_t blanks = rest_.find_first_not_of(" \t\r\n");
  const std::size_t count = blanks == std::string_view::npos ? rest_.size() : blanks;
  rest_.remove_prefix(count);
  return count > 0;
}

bool DateCursor::take(char expected) {
  if (rest_.empty() || rest_.front() != expected) return false;
  rest_.remove_prefix(1);
  return true;
}

bool DateCursor::take_word(std::string_view word) {
  if (rest_.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (ascii::lower(rest_[i]) != ascii::lower(word[i])) return false;
  }
  rest_.remove_prefix(word.size());
  return true;
}

std::optional<int> DateCursor::number(std::size_t least, std::size_t most) {
  constexpr int enough = 1'000'000;  // beyond every field of a date
  int value = 0;
  std::size_t digits = 0;
  for (; digits < most && digits < rest_.size() && ascii::is_digit(rest_[digits]); ++digits) {
    if (value < enough) value = value * 10 + (rest_[digits] - '0');
  }
  if (digits < least) return std::nullopt;
  rest_.remove_prefix(digits);
  return value;
}

std::optional<std::int64_t> DateCursor::fraction(std::size_t least, std::size_t most) {
  std::int64_t ticks = 0;
  std::size_t digits = 0;
  for (; digits < most && digits < rest_.size() && ascii::is_digit(rest_[digits]); ++digits) {
    ticks = ticks * 10 + (rest_[digits] - '0');
  }
  if (digits < least) return std::nullopt;
  rest_.remove_prefix(digits);
  for (std::size_t i = digits; i < tick_digits; ++i) ticks *= 10;
  return ticks;
}

std::optional<std::int64_t> DateCursor::long_fraction() {
  auto ticks = fraction(1, tick_digits);
  if (ticks && peek() >= '5' && peek() <= '9') ++*ticks;
  while (ascii::is_digit(peek())) rest_.remove_prefix(1);
  return ticks;
}

std::optional<int> DateCursor::offset(int width) {
  const bool west = take('-');
  if (!west && !take('+')) return std::nullopt;
  const auto hours = number(width == 2 ? 2 : 1, 2);
  if (!hours) return std::nullopt;
  int minutes = 0;
  if (width >= 3) {
    take(':');
    const auto read = number(2, 2);
    if (!read || *read > 59) return std::nullopt;
    minutes = *read;
  }
  const int total = *hours * 60 + minutes;
  if (total > most_offset) return std::nullopt;
  return west ? -total : total;
}

std::optional<int> DateFields::hour_of_day() const {
  const int read = hour.value_or(0);
  if (twelve_hours) {
    if (read > 12) return std::nullopt;
    return read % 12 + (afternoon.value_or(false) ? 12 : 0);
  }
  if (read > 23 || (afternoon && *afternoon != (read >= 12))) return std::nullopt;
  return read;
}

std::optional<ZonedDate> DateFields::date() const {
  if (!year && (month || day)) return std::nullopt;
  const CalendarDate calendar{year.value_or(1), month.value_or(1), day.value_or(1)};
  const auto hours = hour_of_day();
  if (!is_valid(calendar) || !hours || minute.value_or(0) > 59 || second.value_or(0) > 59) {
    return std::nullopt;
  }
  ZonedDate made;
  made.offset_minutes = offset;
  made.wall.ticks = ticks_of(calendar) + *hours * ticks_per_hour +
                    minute.value_or(0) * ticks_per_minute + second.value_or(0) * ticks_per_second +
                    fraction.value_or(0);
  const std::int64_t utc = made.wall.ticks - offset.value_or(0) * ticks_per_minute;
  if (made.wall.ticks > max_ticks || utc < 0 || utc > max_ticks) return std::nullopt;
  if (weekday && *weekday != weekday_of(made.wall)) return std::nullopt;
  return made;
}

int full_year(int two_digits) {
  return two_digits < 50 ? 2000 + two_digits : 1900 + two_digits;
}

}  // namespace syncwright::expression
