#include <fmt/format.h>

#include <array>

#include "expression/dates/date_fields.h"
#include "expression/dates/date_time.h"
#include "expression/functions/letters.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

/// Forms with names of months, each tried as an exact format.
constexpr std::array named_formats{
    std::string_view{"ddd, d MMM yyyy H:mm:ss Z"},
    std::string_view{"ddd, d MMM yyyy H:mm:ss zzz"},
    std::string_view{"dddd, d MMMM yyyy"},
    std::string_view{"dddd, d MMMM yyyy H:mm"},
    std::string_view{"dddd, d MMMM yyyy H:mm:ss"},
    std::string_view{"dddd, MMMM d, yyyy"},
    std::string_view{"dddd, MMMM d, yyyy h:mm:ss tt"},
    std::string_view{"d MMMM yyyy"},
    std::string_view{"d MMM yyyy"},
    std::string_view{"d-MMM-yyyy"},
    std::string_view{"MMMM d, yyyy"},
    std::string_view{"MMM d, yyyy"},
};

/// Four digits; text that begins otherwise stays.
std::optional<int> take_long_year(DateCursor& text) {
  DateCursor ahead = text;
  const auto year = ahead.number(4, 4);
  if (year) text = ahead;
  return year;
}

/// `2021-8-25`, `2021/08/25`, `8/25/2021`, `8-25-21`.
bool read_calendar_date(DateCursor& text, DateFields& fields) {
  const auto first = take_long_year(text);
  const bool year_first = first.has_value();
  (year_first ? fields.year : fields.month) = year_first ? first : text.number(1, 2);
  const char separator = text.peek();
  if ((separator != '-' && separator != '/') || !text.take(separator)) return false;
  (year_first ? fields.month : fields.day) = text.number(1, 2);
  if (!text.take(separator)) return false;
  if (year_first) {
    fields.day = text.number(1, 2);
  } else {
    fields.year = take_long_year(text);
    const auto short_year = fields.year ? std::nullopt : text.number(2, 2);
    if (short_year) fields.year = full_year(*short_year);
  }
  return fields.year && fields.month && fields.day;
}

/// `T17:41:18.25`, ` 5:41:18 PM`: the hour's digit comes next.
bool read_time(DateCursor& text, DateFields& fields) {
  fields.hour = text.number(1, 2);
  if (!text.take(':')) return false;
  fields.minute = text.number(2, 2);
  if (!fields.hour || !fields.minute) return false;
  if (text.take(':')) {
    fields.second = text.number(2, 2);
    if (!fields.second) return false;
    if (text.take('.')) {
      fields.fraction = text.long_fraction();
      if (!fields.fraction) return false;
    }
  }
  text.skip_blanks();
  if (text.take_word("AM")) fields.afternoon = false;
  if (text.take_word("PM")) fields.afternoon = true;
  // "17:41 PM" is read as it is meant, "5:41 PM" too.
  fields.twelve_hours = fields.afternoon.has_value() && *fields.hour <= 12;
  return true;
}

bool read_zone(DateCursor& text, DateFields& fields) {
  text.skip_blanks();
  if (text.at_end()) return true;
  if (text.take_word("Z") || text.take_word("GMT")) {
    fields.offset = 0;
  } else {
    DateCursor with_minutes = text;
    fields.offset = with_minutes.offset(3);
    if (fields.offset) {
      text = with_minutes;
    } else {
      fields.offset = text.offset(2);
    }
    if (!fields.offset) return false;
  }
  return text.at_end();
}

std::optional<ZonedDate> parse_numbers(std::string_view bare) {
  DateCursor text(bare);
  DateFields fields;
  if (!read_calendar_date(text, fields)) return std::nullopt;
  const bool marked = text.take('T') || text.take('t');
  const bool parted = text.skip_blanks() || marked;
  const bool time_next = text.peek() >= '0' && text.peek() <= '9';
  if (marked && !time_next) return std::nullopt;
  if (time_next && (!parted || !read_time(text, fields))) return std::nullopt;
  if (!read_zone(text, fields)) return std::nullopt;
  return fields.date();
}

}  // namespace

tl::expected<ZonedDate, std::string> parse_date(std::string_view text) {
  const std::string bare = trim(text);
  if (const auto date = parse_numbers(bare)) return *date;
  for (const std::string_view format : named_formats) {
    if (const auto date = parse_date(bare, format)) return *date;
  }
  return tl::unexpected<std::string>(fmt::format("\"{}\" is no date", shorten(text)));
}

}  // namespace syncwright::expression
