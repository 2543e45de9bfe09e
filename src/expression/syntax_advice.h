#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace syncwright::expression {

/// What the parser looked for when it stopped.
enum class Expected {
  operand,       ///< an attribute, a text, a number, a function
  end,           ///< an operator or the end of the text
  argument_end,  ///< an operator, a comma or the closing parenthesis
};

/// What stands at `offset`, quoted for a message: "`x`", "the text `\"a\"`", "the end of the ...".
[[nodiscard]] std::string describe_at(std::string_view text, std::size_t offset);
/// The way out of the usual mistakes (habits from other languages, copies from web pages); empty
/// where there is nothing to say.
[[nodiscard]] std::string advice_at(std::string_view text, std::size_t offset, Expected expected);

}  // namespace syncwright::expression
