#pragma once

#include <array>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace syncwright::expression {

/// One specifier of a .NET date format: `letter` of "dfFghHKmMstyzZ:/" and how often it stands
/// (at most 7 for f and F), or literal text, with letter 0.
struct DateFormatToken {
  char letter = 0;
  int width = 1;
  std::string literal;
};

/// A date format, read.
struct DateFormat {
  std::vector<DateFormatToken> tokens;
  bool utc = false;  ///< standard format r, u or U: its date is in UTC
};

/// A custom format, or a standard format of one letter written out for the invariant culture. The
/// error says what is wrong with it.
[[nodiscard]] tl::expected<DateFormat, std::string> read_date_format(std::string_view format);

inline constexpr std::array<std::string_view, 12> month_names{
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
inline constexpr std::array<std::string_view, 7> day_names{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
/// Of the abbreviated names.
inline constexpr std::size_t short_name_length = 3;
inline constexpr std::string_view era_name = "A.D.";

}  // namespace syncwright::expression
