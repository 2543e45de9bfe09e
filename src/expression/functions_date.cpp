#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "call.h"
#include "date_time.h"
#include "functions.h"
#include "literal.h"
#include "syncwright/core/ascii.h"

namespace syncwright {
namespace {

Operand to_date(Call& call) {
  return Value(call.date(0));
}

Operand add_to_date(Call& call) {
  const Text interval = call.text(0);
  const std::int64_t amount = call.integer(1);
  const DateTime date = call.date(2);
  if (call.stopped()) return {};
  return Value(call.accept(add_interval(interval, amount, date)));
}

Operand date_difference(Call& call) {
  const Text interval = call.text(0);
  const DateTime from = call.date(1);
  const DateTime to = call.date(2);
  if (call.stopped()) return {};
  return Value(call.accept(interval_between(interval, from, to)));
}

/// null stays null: accounts that never changed their password have no number.
Operand date_from_number(Call& call) {
  const Operand source = call.value(0);
  if (source.is_null()) return {};
  const std::int64_t number = call.integer_of(source.value(), 0);
  if (call.stopped()) return {};
  return Value(call.accept(from_file_time(number)));
}

Operand number_from_date(Call& call) {
  return Value(to_file_time(call.date(0)));
}

Operand now(Call& call) {
  return Value(from_instant(call.input().now));
}

/// Which of .NET's DateTimeStyles matter: all others that it knows leave the clock as written.
enum class Style { as_written, to_utc, unknown };

Style style_named(std::string_view name) {
  if (ascii::equal_ignoring_case(name, "AdjustToUniversal")) return Style::to_utc;
  for (const std::string_view known :
       {"", "None", "RoundtripKind", "AllowLeadingWhite", "AllowTrailingWhite", "AllowInnerWhite",
        "AllowWhiteSpaces", "NoCurrentDateDefault", "AssumeUniversal", "AssumeLocal"}) {
    if (ascii::equal_ignoring_case(name, known)) return Style::as_written;
  }
  return Style::unknown;
}

/// A list of names with commas between them, as .NET writes flags.
Style parse_styles(Call& call, std::string_view styles) {
  Style result = Style::as_written;
  while (!styles.empty()) {
    const std::size_t comma = std::min(styles.find(','), styles.size());
    const std::string_view name = ascii::trimmed(styles.substr(0, comma), " ");
    const Style style = style_named(name);
    if (style == Style::unknown) {
      call.fail(fmt::format("dateTimeStyle is {}, which is none of .NET's", quoted(name)));
    }
    if (style == Style::to_utc) result = style;
    styles.remove_prefix(std::min(comma + 1, styles.size()));
  }
  return result;
}

/// Four arguments with a style in the second place, three without (SPEC.md 3).
struct DateFormat {
  Style style = Style::as_written;
  Text input;
  Text output;
};

std::string format_one(Call& call, const ZonedDate& date, const DateFormat& format) {
  if (format.style != Style::to_utc) return call.accept(format_date(date, format.output));
  return call.accept(format_date({.wall = date.utc(), .offset_minutes = 0}, format.output));
}

Operand format_date_time(Call& call) {
  const Operand source = call.value(0);
  const std::size_t input_at = call.count() - 2;
  const Text styles = call.count() == 4 ? call.text(1) : Text(Operand());
  const DateFormat format = {.style = parse_styles(call, styles),
                             .input = call.text(input_at),
                             .output = call.text(input_at + 1)};
  if (call.stopped()) return {};
  if (format.output.empty()) return call.fail("outputFormat is empty");
  // A date-time has no text to read by the input format.
  if (const auto* date = std::get_if<DateTime>(&source.value())) {
    return call.made(format_one(call, {.wall = *date, .offset_minutes = 0}, format));
  }
  return call.each_text(source, [&](std::string_view text) {
    const auto date =
        call.accept(format.input.empty() ? parse_date(text) : parse_date(text, format.input));
    return call.stopped() ? std::string() : format_one(call, date, format);
  });
}

constexpr std::array kFunctions = {NamedFunction{"CDate", to_date},
                                   NamedFunction{"DateAdd", add_to_date},
                                   NamedFunction{"DateDiff", date_difference},
                                   NamedFunction{"DateFromNum", date_from_number},
                                   NamedFunction{"FormatDateTime", format_date_time},
                                   NamedFunction{"Now", now},
                                   NamedFunction{"NumFromDate", number_from_date}};

}  // namespace

std::span<const NamedFunction> date_functions() {
  return kFunctions;
}

}  // namespace syncwright
