#include <fmt/format.h>

#include <array>
#include <span>

#include "expression/dates/date_fields.h"
#include "expression/dates/date_format.h"
#include "expression/dates/date_time.h"
#include "expression/functions/letters.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

/// Keeps the first value of a field; a second one must be the same.
template <class T>
bool keep(std::optional<T>& field, const std::optional<T>& value) {
  if (!value || (field && *field != *value)) return false;
  field = value;
  return true;
}

std::optional<int> take_name(DateCursor& text, std::span<const std::string_view> names,
                             bool abbreviated) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = abbreviated ? names[i].substr(0, short_name_length) : names[i];
    if (text.take_word(name)) return static_cast<int>(i);
  }
  return std::nullopt;
}

std::optional<int> take_year(DateCursor& text, int width) {
  const auto digits = static_cast<std::size_t>(width);
  const auto read = text.number(digits, width == 1 ? 2 : digits);
  return read && width <= 2 ? std::optional(full_year(*read)) : read;
}

/// Reads a text by the tokens of a format, one after the other.
class ExactReader {
 public:
  explicit ExactReader(std::string_view text) : text_(text) {}

  bool run(const DateFormat& format) {
    for (std::size_t i = 0; i < format.tokens.size(); ++i) {
      const bool fraction_next = i + 1 < format.tokens.size() && format.tokens[i + 1].letter == 'F';
      if (!read(format.tokens[i], fraction_next)) return false;
    }
    return text_.at_end();
  }

  [[nodiscard]] const DateFields& fields() const { return fields_; }

 private:
  bool read(const DateFormatToken& token, bool fraction_next) {
    switch (token.letter) {
      case 0:
        return read_literal(token.literal, fraction_next);
      case 'd':
        return read_day(token.width);
      case 'f':
        return read_fraction(token.width);
      case 'F':
        return read_optional_fraction(token.width);
      case 'g':
        return text_.take_word(era_name) || text_.take_word("AD");
      case 'h':
        fields_.twelve_hours = true;
        return keep(fields_.hour, two_digits(token.width));
      case 'H':
        return keep(fields_.hour, two_digits(token.width));
      case 'K':
        return read_kind();
      case 'm':
        return keep(fields_.minute, two_digits(token.width));
      case 'M':
        return read_month(token.width);
      case 's':
        return keep(fields_.second, two_digits(token.width));
      case 't':
        return read_half(token.width);
      case 'y':
        return keep(fields_.year, take_year(text_, token.width));
      case 'z':
        return keep(fields_.offset, text_.offset(token.width));
      case 'Z':
        return (text_.take('Z') || text_.take_word("GMT")) &&
               keep(fields_.offset, std::optional(0));
      default:
        return text_.take(token.letter);
    }
  }

  std::optional<int> two_digits(int width) { return text_.number(width == 1 ? 1 : 2, 2); }

  /// A point before `F` may be missing together with the digits.
  bool read_literal(std::string_view literal, bool fraction_next) {
    for (std::size_t i = 0; i < literal.size(); ++i) {
      const bool optional = fraction_next && i + 1 == literal.size() && literal[i] == '.';
      if (!text_.take(literal[i]) && !optional) return false;
    }
    return true;
  }

  bool read_day(int width) {
    if (width <= 2) return keep(fields_.day, two_digits(width));
    return keep(fields_.weekday, take_name(text_, day_names, width == 3));
  }

  bool read_month(int width) {
    if (width <= 2) return keep(fields_.month, two_digits(width));
    const auto name = take_name(text_, month_names, width == 3);
    return name && keep(fields_.month, std::optional(*name + 1));
  }

  bool read_fraction(int width) {
    const auto digits = static_cast<std::size_t>(width);
    return keep(fields_.fraction, text_.fraction(digits, digits));
  }

  bool read_optional_fraction(int width) {
    const auto ticks = text_.fraction(1, static_cast<std::size_t>(width));
    return !ticks || keep(fields_.fraction, ticks);
  }

  bool read_half(int width) {
    if (text_.take_word(width == 1 ? "A" : "AM"))
      return keep(fields_.afternoon, std::optional(false));
    return text_.take_word(width == 1 ? "P" : "PM") && keep(fields_.afternoon, std::optional(true));
  }

  bool read_kind() {
    if (text_.take('Z')) return keep(fields_.offset, std::optional(0));
    if (text_.peek() != '+' && text_.peek() != '-') return true;
    return keep(fields_.offset, text_.offset(3));
  }

  DateCursor text_;
  DateFields fields_;
};

}  // namespace

tl::expected<ZonedDate, std::string> parse_date(std::string_view text, std::string_view format) {
  const auto tokens = read_date_format(format);
  if (!tokens) return tl::unexpected(tokens.error());
  const std::string bare = trim(text);
  ExactReader reader(bare);
  std::optional<ZonedDate> date;
  if (reader.run(*tokens)) {
    DateFields fields = reader.fields();
    if (tokens->utc) fields.offset = 0;
    date = fields.date();
  }
  if (date) return *date;
  return tl::unexpected<std::string>(
      fmt::format("\"{}\" is no date of the format \"{}\"", shorten(text), shorten(format)));
}

}  // namespace syncwright::expression
