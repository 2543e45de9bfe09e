#include <fmt/format.h>

#include "expression/dates/date_format.h"
#include "expression/functions/arguments.h"
#include "expression/lint/lint_rules.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

constexpr std::string_view kSpecifiers = "dfFghHKmMstyz";
/// One letter alone is a standard format; only these are (.NET, standard date and time formats).
constexpr std::string_view kStandardFormats = "dDfFgGmMoOrRstTuUyY";
/// Letters that stand for themselves in ISO 8601.
constexpr std::string_view kOrdinary = "TZ";

bool contains(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

std::string stray_letter(char c) {
  switch (c) {
    case 'Y':
      return "`Y` is no part of a date: years are yyyy";
    case 'D':
      return "`D` is no part of a date: days are dd";
    case 'S':
      return "`S` is no part of a date: seconds are ss, fractions fff";
    case 'a':
    case 'A':
      return fmt::format("`{}` is no part of a date: AM and PM are tt", c);
    default:
      return fmt::format("`{}` is no part of a date: put texts in single quotes", c);
  }
}

/// Reads a custom format once.
class CustomFormat {
 public:
  explicit CustomFormat(std::string_view format) : format_(format) {}

  /// What is wrong with it; empty: nothing.
  std::string fault() {
    for (std::size_t at = 0; at < format_.size();) {
      const std::size_t length = take(at);
      if (!fault_.empty()) return fault_;
      at += length;
    }
    if (seen_.empty()) return "it holds no part of a date";
    if (has_seen("y") && has_seen("m") && !has_seen("M") && !has_seen("h") && !has_seen("H")) {
      return "mm are minutes: months are MM";
    }
    return {};
  }

 private:
  [[nodiscard]] bool has_seen(std::string_view specifier) const {
    return seen_.find(specifier) != std::string::npos;
  }

  /// The bytes of the part at `at`.
  std::size_t take(std::size_t at) {
    const char c = format_[at];
    if (c == '\'' || c == '"') return quotation_length(at);
    if (c == '\\') return at + 1 < format_.size() ? 2 : keep_fault("it ends in a backslash");
    if (c == '%') {
      const bool single = at + 1 < format_.size() && contains(kSpecifiers, format_[at + 1]);
      return single ? 1 : keep_fault("% stands before a single letter");
    }
    if (!ascii::is_letter(c) || contains(kOrdinary, c)) return 1;
    if (!contains(kSpecifiers, c)) return keep_fault(stray_letter(c));
    std::size_t end = at;
    while (end < format_.size() && format_[end] == c) ++end;
    seen_ += c;
    if ((c == 'f' || c == 'F') && end - at > 7)
      return keep_fault("a second has seven digits at most");
    return end - at;
  }

  std::size_t quotation_length(std::size_t at) {
    const std::size_t close = format_.find(format_[at], at + 1);
    return close == std::string_view::npos ? keep_fault("a quote is not closed") : close + 1 - at;
  }

  std::size_t keep_fault(std::string fault) {
    fault_ = std::move(fault);
    return 1;
  }

  std::string_view format_;
  std::string fault_;
  std::string seen_;  ///< specifiers
};

std::string format_fault(std::string_view format) {
  if (format.size() == 1) {
    return contains(kStandardFormats, format.front()) ? "" : "it is no standard format";
  }
  std::string fault = CustomFormat(format).fault();
  if (!fault.empty()) return fault;
  const auto read = read_date_format(format);  // as the evaluation does
  return read ? std::string() : read.error();
}

}  // namespace

void lint_date_formats(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    if (node.function == nullptr) continue;
    const std::vector<ArgumentSlot> slots = argument_slots(*node.expression);
    for (const ArgumentSlot& slot : slots) {
      const Expression* format = slot.value;
      if (!slot.is(ArgumentKind::date_format) || format == nullptr) continue;
      if (!is_filled_constant(*format)) continue;
      const std::string fault = format_fault(format->text);
      if (fault.empty()) continue;
      findings.push_back(
          {Code::SW3107, format->offset,
           fmt::format("{} is no date format: {}", quote(std::string_view(format->text)), fault),
           "formats are those of .NET, for example \"yyyy-MM-dd\""});
    }
  }
}

}  // namespace syncwright::expression
