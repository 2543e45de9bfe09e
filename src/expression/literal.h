#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "syncwright/expression/function_table.h"

namespace syncwright::expression {

/// Bytes of the number at the start of `text`: `12`, `-1.5` or hexadecimal `&HF7`; 0 where none is.
[[nodiscard]] std::size_t number_length(std::string_view text);
/// Bytes of the hexadecimal number alone.
[[nodiscard]] std::size_t hex_number_length(std::string_view text);
/// Bytes of the identifier at the start of `text`: letters, digits, underscores, no digit first.
[[nodiscard]] std::size_t identifier_length(std::string_view text);
/// Whether the whole text is a number, so that it may stand without quotes.
[[nodiscard]] bool is_number_text(std::string_view text);
/// Whether the whole text is `%Name%`.
[[nodiscard]] bool is_parameter_text(std::string_view text);
/// Whether the bare word is part of the language: `vbTextCompare`, `IgnoreAttributeFlow`, `true`,
/// ... (docs/expressions.md#1); without regard to case.
[[nodiscard]] bool is_keyword(std::string_view word);
/// The only kind of argument that a keyword is made for: ArgumentKind::any for the words that stand
/// anywhere.
[[nodiscard]] ArgumentKind kind_of_keyword(std::string_view word);
/// In double quotes, with `"` and `\` escaped.
[[nodiscard]] std::string quote_constant(std::string_view value);

}  // namespace syncwright::expression
