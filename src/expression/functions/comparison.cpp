#include "expression/functions/comparison.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <string>
#include <utility>

#include "expression/dates/date_time.h"
#include "expression/functions/letters.h"
#include "expression/functions/operand.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"

namespace syncwright::expression {

namespace {

constexpr std::array<std::pair<std::string_view, ComparisonOperator>, 6> kOperators = {{
    {"=", ComparisonOperator::equal},
    {"<>", ComparisonOperator::unequal},
    {"<", ComparisonOperator::less},
    {"<=", ComparisonOperator::less_or_equal},
    {">", ComparisonOperator::greater},
    {">=", ComparisonOperator::greater_or_equal},
}};

bool holds(std::strong_ordering order, ComparisonOperator op) {
  switch (op) {
    case ComparisonOperator::equal:
      return order == 0;
    case ComparisonOperator::unequal:
      return order != 0;
    case ComparisonOperator::less:
      return order < 0;
    case ComparisonOperator::less_or_equal:
      return order <= 0;
    case ComparisonOperator::greater:
      return order > 0;
    case ComparisonOperator::greater_or_equal:
      return order >= 0;
  }
  return false;
}

std::optional<DateTime> as_date(const Value& value) {
  if (const auto* date = std::get_if<DateTime>(&value)) return *date;
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  const auto parsed = parse_date(*text);
  return parsed ? std::optional(parsed->utc()) : std::nullopt;
}

std::optional<std::strong_ordering> compare_dates(const Value& left, const Value& right) {
  if (!std::holds_alternative<DateTime>(left) && !std::holds_alternative<DateTime>(right)) {
    return std::nullopt;
  }
  const auto from = as_date(left);
  const auto to = as_date(right);
  if (!from || !to) return std::nullopt;
  return *from <=> *to;
}

}  // namespace

std::optional<ComparisonOperator> parse_comparison_operator(std::string_view text) {
  for (const auto& [spelling, op] : kOperators) {
    if (spelling == text) return op;
  }
  return std::nullopt;
}

std::optional<bool> ignores_case(std::string_view compare_type) {
  if (compare_type.empty() || ascii::equal_ignoring_case(compare_type, "vbBinaryCompare"))
    return false;
  if (ascii::equal_ignoring_case(compare_type, "vbTextCompare")) return true;
  if (compare_type == "0" || compare_type == "1") return compare_type == "1";
  return std::nullopt;
}

bool compare(const Value& left, ComparisonOperator op, const Value& right, bool ignore_case) {
  if (const auto order = compare_dates(left, right)) return holds(*order, op);
  const ValueText a(left);
  const ValueText b(right);
  if (const auto order = compare_numbers(a, b)) return holds(*order, op);
  const bool for_equality = op == ComparisonOperator::equal || op == ComparisonOperator::unequal;
  if (ignore_case && for_equality) return holds(fold_case(a) <=> fold_case(b), op);
  return holds(std::string_view(a) <=> std::string_view(b), op);
}

namespace {

/// The parts of a decimal number, without zeros at the outer ends.
struct Decimal {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
};

Decimal decimal(std::string_view text) {
  Decimal number;
  number.negative = text.starts_with('-');
  if (number.negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  number.whole = text.substr(0, point);
  number.whole.remove_prefix(std::min(number.whole.find_first_not_of('0'), number.whole.size()));
  if (point != std::string_view::npos) {
    number.fraction = text.substr(point + 1);
    const std::size_t last = number.fraction.find_last_not_of('0');
    number.fraction = number.fraction.substr(0, last == std::string_view::npos ? 0 : last + 1);
  }
  if (number.whole.empty() && number.fraction.empty()) number.negative = false;
  return number;
}

std::strong_ordering compare_sizes(const Decimal& left, const Decimal& right) {
  if (left.whole.size() != right.whole.size()) return left.whole.size() <=> right.whole.size();
  if (left.whole != right.whole) return left.whole <=> right.whole;
  return left.fraction <=> right.fraction;
}

/// `&HFF` in decimal digits, so that only one form is left to compare.
std::optional<std::string> without_hex(std::string_view text) {
  if (const auto value = parse_whole_number(text)) return std::to_string(*value);
  return std::nullopt;
}

std::optional<std::strong_ordering> compare_decimals(std::string_view left,
                                                     std::string_view right) {
  const Decimal a = decimal(left);
  const Decimal b = decimal(right);
  if (a.negative != b.negative) {
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

}  // namespace

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
  const bool hex = hex_number_length(text) != 0;
  if (hex) text.remove_prefix(2);
  if (!hex && text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  std::int64_t value = 0;
  std::uint64_t bits = 0;
  const auto [stop, error] =
      hex ? std::from_chars(begin, end, bits, 16) : std::from_chars(begin, end, value, 10);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return hex ? static_cast<std::int64_t>(bits) : value;
}

std::optional<std::strong_ordering> compare_numbers(std::string_view left, std::string_view right) {
  if (!is_number_text(left) || !is_number_text(right)) return std::nullopt;
  if (hex_number_length(left) != 0) {
    const auto plain = without_hex(left);
    return plain ? compare_numbers(*plain, right) : std::nullopt;
  }
  if (hex_number_length(right) != 0) {
    const auto plain = without_hex(right);
    return plain ? compare_decimals(left, *plain) : std::nullopt;
  }
  return compare_decimals(left, right);
}

}  // namespace syncwright::expression
