#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright::expression {

/// A point in time between functions: 100 ns since 0001-01-01T00:00:00 UTC, as .NET counts.
struct DateTime {
  std::int64_t ticks = 0;
  friend auto operator<=>(const DateTime&, const DateTime&) = default;
};

/// What an attribute holds and a function gives (docs/expressions.md#2). null is an absent
/// attribute and differs from the empty text. A multi-value keeps its order; references and complex
/// values are texts.
using Null = std::monostate;
using MultiValue = std::vector<std::string>;
using Value = std::variant<Null, std::string, std::int64_t, bool, DateTime, MultiValue>;

[[nodiscard]] inline bool is_null(const Value& value) {
  return std::holds_alternative<Null>(value);
}
/// null, "" or a list without elements.
[[nodiscard]] bool is_null_or_empty(const Value& value);

/// As it leaves an expression: True and False, decimal digits, `M/d/yyyy h:mm:ss tt` in UTC; the
/// elements of a list joined by ", "; null is "".
[[nodiscard]] std::string to_text(const Value& value);

/// null, a string, or an array of strings: what parseExpression and `eval --format json` show.
[[nodiscard]] Json to_json(const Value& value);
/// An attribute as JSON files and Graph give it: string, number, boolean, null, or an array of
/// those (objects in it as their compact JSON). The error says what was found instead.
[[nodiscard]] tl::expected<Value, std::string> value_from_json(const Json& json);

/// How an error message shows what it was given. An attribute may hold megabytes, and an error goes
/// to terminals, logs and reports: every value in a message goes through one of these.

/// At most `most` bytes of the text, whole characters, with "..." behind it where it was cut.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t most = 80);
/// In backticks, shortened; "nothing" for null.
[[nodiscard]] std::string quote(const Value& value);
[[nodiscard]] std::string quote(std::string_view text);
/// Each in backticks, with commas between them; of more than ten the first ten and the number of
/// the others.
[[nodiscard]] std::string quote_list(const std::vector<std::string>& texts);

}  // namespace syncwright::expression
