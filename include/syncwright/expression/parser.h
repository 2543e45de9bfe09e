#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "syncwright/expression/expression.h"

namespace syncwright::expression {

/// Where and why a text is no expression: `offset` in bytes, `message` says what was found and what
/// was expected, `advice` the way out.
struct ExpressionError {
  std::size_t offset = 0;
  std::string message;
  std::string advice;
};

inline constexpr std::size_t kMaxExpressionCharacters = 10'000;  // docs/graph.md#9.1
inline constexpr int kMaxExpressionDepth = 100;

/// The whole grammar of docs/expressions.md#1 in one pass, linear in the text's length, nesting
/// bounded.
[[nodiscard]] tl::expected<Expression, ExpressionError> parse_expression(std::string_view text);

}  // namespace syncwright::expression
