#include "syncwright/core/clock.h"

#include <fmt/format.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "syncwright/core/ascii.h"

namespace syncwright {

namespace {

/// Eats a text from the left; every step says whether it fitted.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char expected) {
    if (peek() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `width` digits.
  std::optional<int> digits(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (!ascii::is_digit(rest_[i])) return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }

  /// The digits after a decimal point, one to nine, cut to milliseconds.
  std::optional<int> milliseconds() {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && ascii::is_digit(rest_[digits]); ++digits) {
      if (digits == 9) return std::nullopt;
      if (digits < 3) value = value * 10 + (rest_[digits] - '0');
    }
    if (digits == 0) return std::nullopt;
    for (std::size_t i = digits; i < 3; ++i) value *= 10;
    rest_.remove_prefix(digits);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::sys_days> take_date(Cursor& cursor) {
  const auto year = cursor.digits(4);
  if (!year || !cursor.take('-')) return std::nullopt;
  const auto month = cursor.digits(2);
  if (!month || !cursor.take('-')) return std::nullopt;
  const auto day = cursor.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

std::optional<Milliseconds> take_time_of_day(Cursor& cursor) {
  const auto hour = cursor.digits(2);
  if (!hour || *hour > 23 || !cursor.take(':')) return std::nullopt;
  const auto minute = cursor.digits(2);
  if (!minute || *minute > 59 || !cursor.take(':')) return std::nullopt;
  const auto second = cursor.digits(2);
  if (!second || *second > 59) return std::nullopt;
  int fraction = 0;
  if (cursor.take('.')) {
    const auto parsed = cursor.milliseconds();
    if (!parsed) return std::nullopt;
    fraction = *parsed;
  }
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
         Milliseconds{fraction};
}

std::optional<std::chrono::minutes> take_offset(Cursor& cursor) {
  if (cursor.take('Z')) return std::chrono::minutes{0};
  const int sign = cursor.peek() == '-' ? -1 : 1;
  if (!cursor.take('+') && !cursor.take('-')) return std::nullopt;
  const auto hours = cursor.digits(2);
  if (!hours || *hours > 23 || !cursor.take(':')) return std::nullopt;
  const auto minutes = cursor.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return std::chrono::minutes{sign * (*hours * 60 + *minutes)};
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

bool SystemClock::wait(Milliseconds duration, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, duration, [] { return false; });
  return !stop.stop_requested();
}

std::string format_rfc3339(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
  return text + 'Z';
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  Cursor cursor(text);
  const auto date = take_date(cursor);
  if (!date || !cursor.take('T')) return std::nullopt;
  const auto time = take_time_of_day(cursor);
  if (!time) return std::nullopt;
  const auto offset = take_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  return Instant{date->time_since_epoch() + *time - *offset};
}

}  // namespace syncwright
