#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/expression/expression.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// A mapping expression. A YAML list is SW1010, a bare word SW1011, and a text that does not parse
/// SW3001 at the file's own place wherever the text stands there byte by byte.
[[nodiscard]] std::optional<Expression> as_expression(const Field& field);

/// The value of `expression:`, which says what it is: a number, a boolean or a keyword stands there
/// as it does in the language. A bare word that is none of those is SW1011 here, too.
[[nodiscard]] std::optional<Expression> as_explicit_expression(const Field& field);

/// The text that `as_expression` reads, for findings that point into it.
[[nodiscard]] ExpressionText expression_text(const Field& field);

/// `constant:` the text itself, for everybody.
[[nodiscard]] std::optional<Expression> as_constant(const Field& field);

}  // namespace syncwright
