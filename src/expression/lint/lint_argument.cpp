#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "expression/dates/calendar.h"
#include "expression/dates/date_time.h"
#include "expression/dates/date_time_style.h"
#include "expression/functions/compare_type.h"
#include "expression/functions/encodings.h"
#include "expression/functions/number.h"
#include "expression/functions/replace_form.h"
#include "expression/lint/lint_rules.h"
#include "syncwright/expression/quoted.h"

namespace syncwright {
namespace {

void refuse(const Expression& argument, std::string message, std::string advice,
            LintFindings& findings) {
  findings.push_back({"SW3104", argument.offset, std::move(message), std::move(advice)});
}

void check_replace_form(const Expression& call, LintFindings& findings) {
  std::array<bool, replace_arguments> is_given{};
  for (std::size_t at = 0; at < replace_arguments; ++at) {
    is_given[at] = argument_at(call, at) != nullptr;
  }
  if (replace_form(is_given) == ReplaceForm::none) {
    findings.push_back({"SW3116", call.offset, "the arguments of `Replace` fit no form",
                        std::string(replace_forms)});
    return;
  }
  const Expression* find = argument_at(call, replace_find);
  if (find == nullptr || !is_empty_constant(*find)) return;
  refuse(*find, "`Find` of `Replace` is empty", "write the text that is to be found", findings);
}

void check_date_format(const Expression& call, LintFindings& findings) {
  const Expression* style = argument_of(call, "dateTimeStyle");
  if (const auto text = written_text(style)) {
    if (const auto flags = parse_date_time_styles(*text); !flags) {
      refuse(*style, flags.error(), "leave it empty, or write a name or number of .NET", findings);
    }
  }
  const Expression* output = argument_of(call, "outputFormat");
  if (output == nullptr || !is_empty_constant(*output)) return;
  refuse(*output, "`outputFormat` of `FormatDateTime` is empty", "write a format: \"yyyy-MM-dd\"",
         findings);
}

void check_compare_type(const Expression& call, LintFindings& findings) {
  const Expression* type = argument_of(call, "compareType");
  const auto text = written_text(type);
  if (!text || ignores_case(*text)) return;
  refuse(*type, fmt::format("{} is no way to compare of `InStr`", quoted(*text)),
         "write vbTextCompare or vbBinaryCompare", findings);
}

void check_encoding(const Expression& call, LintFindings& findings) {
  const Expression* encoding = argument_of(call, "encoding");
  const auto text = written_text(encoding);
  if (!text || encoding_named(*text)) return;
  refuse(*encoding, fmt::format("{} is no encoding of `ConvertFromBase64`", quoted(*text)),
         "write Unicode, UTF8 or ASCII", findings);
}

/// The most favourable date is taken: what cannot be added to it cannot be added to any other. An
/// unknown interval is a finding of its own.
void check_amount(const Expression& call, LintFindings& findings) {
  const Expression* value = argument_of(call, "value");
  const auto interval = written_text(argument_of(call, "interval"));
  const auto text = written_text(value);
  const auto amount = text ? parse_whole_number(*text) : std::nullopt;
  if (!interval || !amount || !interval_between(*interval, DateTime{}, DateTime{})) return;
  const DateTime best = *amount < 0 ? DateTime{max_ticks} : DateTime{};
  if (const auto date = add_interval(*interval, *amount, best); !date) {
    refuse(*value, fmt::format("{} is too much to add: {}", quoted(*text), date.error()),
           "write a smaller number", findings);
  }
}

/// Arguments that count from a first number.
struct LeastNumber {
  std::string_view function;
  std::string_view key;
  std::int64_t least;
};
constexpr std::array kLeastNumbers = {
    LeastNumber{"Mid", "start", 1}, LeastNumber{"Mid", "length", 0},
    LeastNumber{"InStr", "start", 1}, LeastNumber{"DNComponent", "componentNumber", 1}};

void check_least_numbers(const Expression& call, LintFindings& findings) {
  for (const LeastNumber& each : kLeastNumbers) {
    if (!is_call_of(call, each.function)) continue;
    const Expression* argument = argument_of(call, each.key);
    const auto text = written_text(argument);
    const auto number = text ? parse_whole_number(*text) : std::nullopt;
    if (!number || *number >= each.least) continue;
    refuse(*argument,
           fmt::format("`{}` of `{}` is {}, the least is {}", each.key, each.function, *number,
                       each.least),
           fmt::format("write {} or more", each.least), findings);
  }
}

/// Arguments that are read as dates.
struct DateArgument {
  std::string_view function;
  std::string_view key;
};
constexpr std::array kDateArguments = {
    DateArgument{"CDate", "expression"}, DateArgument{"NumFromDate", "value"},
    DateArgument{"DateAdd", "dateTime"}, DateArgument{"DateDiff", "date1"},
    DateArgument{"DateDiff", "date2"}};

/// A warning, since the service may read more forms than we do.
void check_dates(const Expression& call, LintFindings& findings) {
  for (const DateArgument& each : kDateArguments) {
    if (!is_call_of(call, each.function)) continue;
    const Expression* argument = argument_of(call, each.key);
    const auto text = written_text(argument);
    if (!text || parse_date(*text)) continue;
    findings.push_back({"SW3117", argument->offset,
                        fmt::format("`{}` of `{}` is {}, which is no date", each.key, each.function,
                                    quoted(*text)),
                        "write it as ISO 8601 does, for example \"2026-11-28\""});
  }
}

}  // namespace

void lint_arguments(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    const Expression& call = *node.expression;
    if (!is_call(call)) continue;
    check_least_numbers(call, findings);
    check_dates(call, findings);
    if (is_call_of(call, "Replace")) check_replace_form(call, findings);
    if (is_call_of(call, "FormatDateTime")) check_date_format(call, findings);
    if (is_call_of(call, "InStr")) check_compare_type(call, findings);
    if (is_call_of(call, "ConvertFromBase64")) check_encoding(call, findings);
    if (is_call_of(call, "DateAdd")) check_amount(call, findings);
  }
}

}  // namespace syncwright
