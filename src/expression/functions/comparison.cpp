#include "expression/functions/comparison.h"

#include <array>
#include <compare>
#include <string>
#include <utility>

#include "expression/dates/date_time.h"
#include "expression/functions/letters.h"
#include "expression/functions/number.h"
#include "expression/functions/operand.h"
#include "syncwright/core/ascii.h"

namespace syncwright {
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

}  // namespace syncwright
