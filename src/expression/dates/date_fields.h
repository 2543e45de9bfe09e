#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "expression/dates/date_time.h"

namespace syncwright::expression {

/// Eats a date's text from the left; a step that does not fit gives false or nullopt.
class DateCursor {
 public:
  explicit DateCursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  /// Whether there were blanks.
  bool skip_blanks();
  bool take(char expected);
  /// ASCII letters in any case.
  bool take_word(std::string_view word);
  /// At least `least` digits and no more than `most`.
  std::optional<int> number(std::size_t least, std::size_t most);
  /// At least `least` digits after a decimal point and no more than `most` (up to 7), as ticks.
  std::optional<std::int64_t> fraction(std::size_t least, std::size_t most);
  /// Any number of them, rounded to ticks.
  std::optional<std::int64_t> long_fraction();
  /// `+07:00`, minutes east of Greenwich. Width as of `z`: 1 or 2 are hours alone.
  std::optional<int> offset(int width);

 private:
  std::string_view rest_;
};

/// What was read of a date, and how it becomes one.
struct DateFields {
  std::optional<int> year, month, day, weekday, hour, minute, second;
  std::optional<std::int64_t> fraction;  ///< ticks
  std::optional<bool> afternoon;
  std::optional<int> offset;
  bool twelve_hours = false;  ///< the hour is one of a twelve-hour clock, AM unless told

  /// nullopt where they make no date, contradict each other, or leave the years 1 to 9999.
  [[nodiscard]] std::optional<ZonedDate> date() const;

 private:
  [[nodiscard]] std::optional<int> hour_of_day() const;
};

/// Two digits as .NET reads them: 1950 to 2049.
[[nodiscard]] int full_year(int two_digits);

}  // namespace syncwright::expression
