#include "expression/dates/date_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "expression/dates/date_time.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {

namespace {

struct StandardFormat {
  char letter;
  std::string_view pattern;
};

constexpr std::array standard_formats{
    StandardFormat{'d', "MM/dd/yyyy"},
    StandardFormat{'D', "dddd, dd MMMM yyyy"},
    StandardFormat{'f', "dddd, dd MMMM yyyy HH:mm"},
    StandardFormat{'F', "dddd, dd MMMM yyyy HH:mm:ss"},
    StandardFormat{'g', "MM/dd/yyyy HH:mm"},
    StandardFormat{'G', "MM/dd/yyyy HH:mm:ss"},
    StandardFormat{'m', "MMMM dd"},
    StandardFormat{'M', "MMMM dd"},
    StandardFormat{'o', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"},
    StandardFormat{'O', "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK"},
    StandardFormat{'r', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"},
    StandardFormat{'R', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"},
    StandardFormat{'s', "yyyy'-'MM'-'dd'T'HH':'mm':'ss"},
    StandardFormat{'t', "HH:mm"},
    StandardFormat{'T', "HH:mm:ss"},
    StandardFormat{'u', "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"},
    StandardFormat{'U', "dddd, dd MMMM yyyy HH:mm:ss"},
    StandardFormat{'y', "yyyy MMMM"},
    StandardFormat{'Y', "yyyy MMMM"},
};

constexpr std::string_view specifiers = "dfFghHKmMstyzZ:/";
constexpr std::string_view repeating = "dfFghHmMstyz";
constexpr int fraction_digits = 7;

tl::unexpected<std::string> refuse(std::string_view format, std::string_view reason) {
  return tl::unexpected<std::string>(
      fmt::format("the date format \"{}\" {}", shorten(format), reason));
}

/// Cuts a custom format into tokens.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view format) : format_(format) {}

  tl::expected<DateFormat, std::string> run() {
    while (at_ < format_.size()) {
      const char character = format_[at_];
      bool fits = true;
      if (character == '\'' || character == '"') {
        fits = take_quotation(character);
      } else if (character == '\\') {
        fits = take_escape();
      } else if (character == '%') {
        fits = single();
      } else if (specifiers.find(character) != std::string_view::npos) {
        fits = specifier(character);
      } else {
        literal(format_.substr(at_++, 1));
      }
      if (!fits) return refuse(format_, reason_);
    }
    return std::move(made_);
  }

 private:
  bool fail(std::string_view reason) {
    reason_ = reason;
    return false;
  }

  void literal(std::string_view text) {
    if (made_.tokens.empty() || made_.tokens.back().letter != 0) made_.tokens.emplace_back();
    made_.tokens.back().literal += text;
  }

  bool take_quotation(char quote) {
    for (++at_; at_ < format_.size() && format_[at_] != quote; ++at_) {
      if (format_[at_] == '\\') ++at_;
      if (at_ < format_.size()) literal(format_.substr(at_, 1));
    }
    if (at_ >= format_.size()) return fail("opens a quote and does not close it");
    ++at_;
    return true;
  }

  bool take_escape() {
    if (at_ + 1 == format_.size()) return fail("ends with a backslash");
    literal(format_.substr(at_ + 1, 1));
    at_ += 2;
    return true;
  }

  /// `%d`: the percent sign only keeps a single letter from being a standard format.
  bool single() {
    if (at_ + 1 == format_.size() || format_[at_ + 1] == '%') {
      return fail("has a percent sign without a specifier behind it");
    }
    ++at_;
    return true;
  }

  bool specifier(char letter) {
    const std::size_t start = at_++;
    if (repeating.find(letter) != std::string_view::npos) {
      while (at_ < format_.size() && format_[at_] == letter) ++at_;
    }
    const int width = static_cast<int>(at_ - start);
    if ((letter == 'f' || letter == 'F') && width > fraction_digits) {
      return fail("asks for more than seven digits of a second's fraction");
    }
    made_.tokens.push_back({letter, width, {}});
    return true;
  }

  std::string_view format_;
  std::size_t at_ = 0;
  std::string_view reason_;
  DateFormat made_;
};

/// Writes one date by tokens.
class Writer {
 public:
  Writer(const ZonedDate& date, bool utc)
      : ticks_(utc ? date.utc().ticks : std::clamp<std::int64_t>(date.wall.ticks, 0, max_ticks)),
        day_(calendar_date({ticks_})),
        offset_(utc ? std::optional(0) : date.offset_minutes) {}

  void write(const DateFormatToken& token) {
    switch (token.letter) {
      case 0:
        text_ += token.literal;
        break;
      case 'd':
        write_day(token.width);
        break;
      case 'f':
      case 'F':
        write_fraction(token.width, token.letter == 'F');
        break;
      case 'g':
        text_ += era_name;
        break;
      case 'h':
        number(hour() % 12 == 0 ? 12 : hour() % 12, std::min(token.width, 2));
        break;
      case 'H':
        number(hour(), std::min(token.width, 2));
        break;
      case 'K':
        write_kind();
        break;
      case 'm':
        number(ticks_ / ticks_per_minute % 60, std::min(token.width, 2));
        break;
      case 'M':
        write_month(token.width);
        break;
      case 's':
        number(ticks_ / ticks_per_second % 60, std::min(token.width, 2));
        break;
      case 't':
        text_ += std::string_view(hour() < 12 ? "AM" : "PM").substr(0, token.width == 1 ? 1 : 2);
        break;
      case 'y':
        number(token.width <= 2 ? day_.year % 100 : day_.year, token.width);
        break;
      case 'z':
        write_offset(token.width);
        break;
      default:
        text_ += token.letter;
        break;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  [[nodiscard]] std::int64_t hour() const { return ticks_ / ticks_per_hour % 24; }

  void number(std::int64_t value, int width) { text_ += fmt::format("{:0{}}", value, width); }

  void name(std::string_view full, int width) {
    text_ += width == 3 ? full.substr(0, short_name_length) : full;
  }

  void write_day(int width) {
    if (width <= 2) {
      number(day_.day, width);
    } else {
      name(day_names[static_cast<std::size_t>(weekday_of({ticks_}))], width);
    }
  }

  void write_month(int width) {
    if (width <= 2) {
      number(day_.month, width);
    } else {
      name(month_names[static_cast<std::size_t>(day_.month - 1)], width);
    }
  }

  /// `F` drops zeros at the end, and with the last digit the point in front of it.
  void write_fraction(int width, bool without_zeros) {
    std::string digits = fmt::format("{:07}", ticks_ % ticks_per_second);
    digits.resize(static_cast<std::size_t>(width));
    if (without_zeros) digits.erase(digits.find_last_not_of('0') + 1);
    if (without_zeros && digits.empty() && text_.ends_with('.')) text_.pop_back();
    text_ += digits;
  }

  void write_kind() {
    if (!offset_) return;
    if (*offset_ == 0) {
      text_ += 'Z';
    } else {
      write_offset(3);
    }
  }

  void write_offset(int width) {
    const int offset = offset_.value_or(0);
    text_ += offset < 0 ? '-' : '+';
    number(std::abs(offset) / 60, std::min(width, 2));
    if (width >= 3) {
      text_ += ':';
      number(std::abs(offset) % 60, 2);
    }
  }

  std::int64_t ticks_;
  CalendarDate day_;
  std::optional<int> offset_;
  std::string text_;
};

}  // namespace

tl::expected<DateFormat, std::string> read_date_format(std::string_view format) {
  if (format.empty()) return tl::unexpected<std::string>("the date format is empty");
  if (format.size() > 1) return Tokenizer(format).run();
  const auto standard =
      std::find_if(standard_formats.begin(), standard_formats.end(),
                   [format](const StandardFormat& known) { return known.letter == format[0]; });
  if (standard == standard_formats.end()) return refuse(format, "is no standard date format");
  auto made = Tokenizer(standard->pattern).run();
  if (made) made->utc = std::string_view("rRuU").find(format[0]) != std::string_view::npos;
  return made;
}

tl::expected<std::string, std::string> format_date(const ZonedDate& date, std::string_view format) {
  const auto tokens = read_date_format(format.empty() ? "G" : format);
  if (!tokens) return tl::unexpected(tokens.error());
  Writer writer(date, tokens->utc);
  for (const DateFormatToken& token : tokens->tokens) writer.write(token);
  return writer.take();
}

}  // namespace syncwright::expression
