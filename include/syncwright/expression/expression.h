#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace syncwright::expression {

/// One node of a mapping expression (docs/expressions.md#1). A value type; compares by meaning:
/// position and white space do not count, and a number equals the quoted constant of the same text,
/// as the service writes numbers (docs/expressions.md#4).
struct Expression {
  enum class Kind {
    attribute,      ///< text: the bare name, `[mail]` is "mail"
    constant,       ///< text: the unescaped value; `is_number` where it was written bare
    parameter,      ///< text: "%DomainFQDN%"
    keyword,        ///< text: the bare word, `IgnoreAttributeFlow`
    call,           ///< text: function name as written; arguments in order, nullopt = left empty
    comparison,     ///< text: operator; two arguments
    concatenation,  ///< two or more arguments, joined by `&`
  };

  Kind kind = Kind::constant;
  std::string text;
  bool is_number = false;
  std::vector<std::optional<Expression>> arguments;
  std::size_t offset = 0;  ///< of its first byte in the parsed text; not part of equality

  friend bool operator==(const Expression& left, const Expression& right);
};

}  // namespace syncwright::expression
