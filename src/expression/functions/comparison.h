#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "syncwright/expression/value.h"

namespace syncwright::expression {

/// The whole number that a text writes, decimal with or without a sign or `&H`; nullopt for
/// anything else and for what 64 bits do not hold.
[[nodiscard]] std::optional<std::int64_t> parse_whole_number(std::string_view text);

/// Compares two decimal numbers of any length exactly; nullopt where one of them is no number.
[[nodiscard]] std::optional<std::strong_ordering> compare_numbers(std::string_view left,
                                                                  std::string_view right);

/// The operators of docs/expressions.md#4.2.
enum class ComparisonOperator { equal, unequal, less, less_or_equal, greater, greater_or_equal };

/// `=`, `<>`, `<`, `<=`, `>`, `>=`; nullopt for anything else.
[[nodiscard]] std::optional<ComparisonOperator> parse_comparison_operator(std::string_view text);

/// Whether a compareType asks for comparing without case: vbTextCompare or 1 does, vbBinaryCompare,
/// 0 and "" do not; nullopt where it is none of them.
[[nodiscard]] std::optional<bool> ignores_case(std::string_view compare_type);

/// Numbers where both sides are numeric, points in time where one side is a date and the other can
/// be read as one, else texts by code point (docs/expressions.md#4.2). null compares as the empty
/// text. `ignore_case` counts for `=` and `<>` of texts.
[[nodiscard]] bool compare(const Value& left, ComparisonOperator op, const Value& right,
                           bool ignore_case);

}  // namespace syncwright::expression
