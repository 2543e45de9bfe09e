#include <algorithm>
#include <array>
#include <utility>

#include "expression/dates/date_time.h"
#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"

namespace syncwright::expression {
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

/// Four arguments with a style in the second place, three without (docs/expressions.md#3).
struct DateFormat {
  bool to_utc = false;
  Text input;
  Text output;
};

/// An empty text is no date. The service was not seen to fail there (docs/expressions.md#7): it
/// gives null, and in a list nothing.
Operand without_empty(Call& call, Operand source) {
  if (call.settings().empty_date_fails) return source;
  if (const auto* text = std::get_if<std::string>(&source.value())) {
    return text->empty() ? Operand() : std::move(source);
  }
  const MultiValue* list = source.list();
  if (list == nullptr || std::find(list->begin(), list->end(), "") == list->end()) return source;
  MultiValue dates;
  for (const std::string& text : *list) {
    if (text.empty()) continue;
    if (!call.take_bytes(text.size())) return {};
    dates.push_back(text);
  }
  return Value(std::move(dates));
}

std::string format_one(Call& call, const ZonedDate& date, const DateFormat& format) {
  if (!format.to_utc) return call.accept(format_date(date, format.output));
  return call.accept(format_date({.wall = date.utc(), .offset_minutes = 0}, format.output));
}

Operand format_date_time(Call& call) {
  const Operand source = without_empty(call, call.value(0));
  const std::size_t input_at = call.count() - 2;
  const Text styles = call.count() == 4 ? call.text(1) : Text(Operand());
  const unsigned flags = call.accept(parse_date_time_styles(styles).map_error(
      [](const std::string& error) { return "dateTimeStyle " + error; }));
  const DateFormat format = {.to_utc = (flags & adjust_to_universal) != 0,
                             .input = call.text(input_at),
                             .output = call.text(input_at + 1)};
  if (call.stopped()) return {};
  if (format.output.empty()) return call.fail("outputFormat is empty");
  // A date-time has no text to read by the input format.
  if (const auto* date = std::get_if<DateTime>(&source.value())) {
    return call.result(format_one(call, {.wall = *date, .offset_minutes = 0}, format));
  }
  return call.each_text(source, [&](std::string_view text) {
    const auto date = format.input.empty() ? call.accept(parse_date(text), StopCause::unread)
                                           : call.accept(parse_date(text, format.input));
    return call.stopped() ? std::string() : format_one(call, date, format);
  });
}

constexpr std::array kDateFunctions = {
    Function{.name = "CDate",
             .parameters = {required("expression", ArgumentKind::date)},
             .body = to_date},
    Function{.name = "DateAdd",
             .parameters = {required("interval", ArgumentKind::interval),
                            required("value", ArgumentKind::interval_count),
                            required("dateTime", ArgumentKind::date)},
             .body = add_to_date},
    Function{.name = "DateDiff",
             .parameters = {required("interval", ArgumentKind::interval),
                            required("date1", ArgumentKind::date),
                            required("date2", ArgumentKind::date)},
             .body = date_difference},
    Function{.name = "DateFromNum",
             .parameters = {required("source", ArgumentKind::integer)},
             .proven_keys = true,
             .body = date_from_number},
    Function{.name = "FormatDateTime",
             .parameters = {required("source"),
                            {.key = "dateTimeStyle",
                             .required = false,
                             .kind = ArgumentKind::date_time_style,
                             .came_later = true},
                            optional("inputFormat", ArgumentKind::date_format),
                            {.key = "outputFormat",
                             .kind = ArgumentKind::date_format,
                             .if_empty = "write a format: \"yyyy-MM-dd\""}},
             .proven_keys = true,
             .body = format_date_time,
             .at_least = 3},
    Function{.name = "Now", .proven_keys = true, .body = now},
    Function{.name = "NumFromDate",
             .parameters = {required("value", ArgumentKind::date)},
             .body = number_from_date}};

constexpr std::string_view kFormat = "write FormatDateTime(source, , inputFormat, outputFormat)";

constexpr std::array kForeignDateFunctions = {ForeignFunction{"Format", kFormat},
                                              ForeignFunction{"FormatDate", kFormat}};

}  // namespace

FunctionGroup date_functions() {
  return {.functions = kDateFunctions, .foreign = kForeignDateFunctions};
}

}  // namespace syncwright::expression
