#include "syncwright/expression/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expression/literal.h"
#include "expression/syntax_advice.h"

// The language was never given a grammar: docs/expressions.md#1 is put together from the
// reference's examples and live schemas. Three things in it are not what they look like. `&` begins
// a hexadecimal number (`&HF7`) as well as joining texts, and the number wins. An attribute's name
// may hold brackets and quotes of its own. An argument may be empty, and an empty place at the end
// of a call is a place: dropping it would change the call's arity. A parser that is laxer than the
// service lets a manifest pass that stops the whole job; one that is stricter refuses what runs
// today.

namespace syncwright::expression {
namespace {

using Parsed = tl::expected<Expression, ExpressionError>;
using Kind = Expression::Kind;

/// Recursive descent, a method for each rule of docs/expressions.md#1. Every method starts on the
/// first byte of what it reads and stops after the blanks that follow it.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Parsed parse() {
    skip_blanks();
    if (at_ == text_.size()) {
      return fail(at_, "the expression is empty",
                  "write an attribute [mail], a text \"..\" or a function");
    }
    Parsed root = comparison(1);
    if (root && at_ != text_.size()) return unexpected(Expected::end);
    return root;
  }

 private:
  Parsed comparison(int depth) {
    Parsed left = concatenation(depth);
    if (!left) return left;
    const std::string_view op = comparison_operator();
    if (op.empty()) return left;
    for (const char* mistaken : {"==", "=>", "=<"}) {
      if (!rest().starts_with(mistaken)) continue;
      return fail(at_, fmt::format("found `{}`, which is no comparison", mistaken),
                  advice_at(text_, at_, Expected::end));
    }
    take(op.size());
    Parsed right = concatenation(depth);
    if (!right) return right;
    if (!comparison_operator().empty()) {
      return fail(at_, "found a second comparison, one is the most",
                  advice_at(text_, at_, Expected::end));
    }
    Expression node = make(Kind::comparison, left->offset, op);
    node.arguments.emplace_back(std::move(*left));
    node.arguments.emplace_back(std::move(*right));
    return node;
  }

  Parsed concatenation(int depth) {
    Parsed first = operand(depth);
    if (!first || !at_concatenation()) return first;
    Expression node = make(Kind::concatenation, first->offset, "&");
    node.arguments.emplace_back(std::move(*first));
    while (at_concatenation()) {
      take(1);
      Parsed next = operand(depth);
      if (!next) return next;
      node.arguments.emplace_back(std::move(*next));
    }
    return node;
  }

  Parsed operand(int depth) {
    if (number_length(rest()) != 0) return number();
    switch (peek()) {
      case '"':
        return text_constant();
      case '[':
        return attribute();
      case '%':
        return parameter();
      default:
        return word(depth);
    }
  }

  Parsed number() {
    const std::size_t length = number_length(rest());
    const std::string_view after = rest().substr(length);
    if (identifier_length(after) != 0 || after.starts_with('.')) {
      const std::size_t tail = std::max<std::size_t>(identifier_length(after), 1);
      return fail(at_,
                  fmt::format("found `{}`, which is no number", rest().substr(0, length + tail)),
                  "write texts in plain double quotes: \"text\"");
    }
    Expression node = make(Kind::constant, at_, rest().substr(0, length));
    node.is_number = true;
    take(length);
    return node;
  }

  /// `\"` and `\\` are the escapes; any other pair stands for itself, both characters.
  Parsed text_constant() {
    const std::size_t open = at_;
    std::string value;
    for (std::size_t at = open + 1; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '"') {
        take(at + 1 - open);
        return make(Kind::constant, open, value);
      }
      const bool escape =
          c == '\\' && at + 1 < text_.size() && (text_[at + 1] == '"' || text_[at + 1] == '\\');
      if (escape) ++at;
      value += text_[at];
    }
    return fail(open, "the text that begins here has no closing quote",
                "add the quote; inside a text a quote is written \\\" and a backslash \\\\");
  }

  /// Names may hold brackets and quotes of their own: `[emails[type eq "work"].value]`.
  Parsed attribute() {
    const std::size_t open = at_;
    int brackets = 0;
    bool in_quotes = false;
    for (std::size_t at = open; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '"') in_quotes = !in_quotes;
      if (in_quotes) continue;
      if (c == '[') ++brackets;
      if (c == ']' && --brackets == 0) {
        const std::string_view name = trim(text_.substr(open + 1, at - open - 1));
        if (name.empty()) {
          return fail(open, "the attribute has no name", "write the name inside: [mail]");
        }
        take(at + 1 - open);
        return make(Kind::attribute, open, name);
      }
    }
    return fail(open, "the attribute name that begins here has no closing ]",
                "close the name: [mail]");
  }

  Parsed parameter() {
    const std::size_t close = text_.find('%', at_ + 1);
    const std::string_view token =
        close == std::string_view::npos ? rest() : text_.substr(at_, close + 1 - at_);
    if (!is_parameter_text(token)) {
      return fail(at_, "found `%`, expected a parameter like %DomainFQDN%",
                  "write a percent sign of a text in quotes: \"%\"");
    }
    Expression node = make(Kind::parameter, at_, token);
    take(token.size());
    return node;
  }

  Parsed word(int depth) {
    const std::size_t start = at_;
    const std::string_view name = rest().substr(0, identifier_length(rest()));
    if (name.empty()) return unexpected(Expected::operand);
    take(name.size());
    if (peek() == '(') return call(make(Kind::call, start, name), depth);
    if (is_keyword(name)) return make(Kind::keyword, start, name);
    at_ = start;
    return unexpected(Expected::operand);
  }

  Parsed call(Expression node, int depth) {
    if (depth > kMaxExpressionDepth) {
      return fail(node.offset,
                  fmt::format("functions are nested more than {} deep", kMaxExpressionDepth),
                  "split the work over several attributes");
    }
    take(1);
    if (peek() == ')') {
      take(1);
      return node;
    }
    while (true) {
      if (peek() == ',' || peek() == ')') {
        node.arguments.emplace_back(std::nullopt);
      } else {
        Parsed argument = comparison(depth + 1);
        if (!argument) return argument;
        node.arguments.emplace_back(std::move(*argument));
      }
      const char separator = peek();
      if (separator != ',' && separator != ')') return unexpected_in(node.text);
      take(1);
      if (separator == ')') return node;
    }
  }

  [[nodiscard]] std::string_view comparison_operator() const {
    for (const std::string_view op : {"<>", ">=", "<=", "=", ">", "<"}) {
      if (rest().starts_with(op)) return op;
    }
    return {};
  }

  [[nodiscard]] bool at_concatenation() const {
    return peek() == '&' && !rest().starts_with("&&") && hex_number_length(rest()) == 0;
  }

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void take(std::size_t length) {
    at_ += length;
    skip_blanks();
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

  static std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
  }

  static Expression make(Kind kind, std::size_t offset, std::string_view text) {
    Expression node;
    node.kind = kind;
    node.text = text;
    node.offset = offset;
    return node;
  }

  static tl::unexpected<ExpressionError> fail(std::size_t offset, std::string message,
                                              std::string advice) {
    return tl::unexpected(ExpressionError{offset, std::move(message), std::move(advice)});
  }

  [[nodiscard]] tl::unexpected<ExpressionError> unexpected(Expected expected) const {
    const char* wanted = expected == Expected::operand
                             ? "an attribute, a text, a number or a function"
                             : "an operator or the end of the expression";
    return fail(at_, fmt::format("found {}, expected {}", describe_at(text_, at_), wanted),
                advice_at(text_, at_, expected));
  }

  [[nodiscard]] tl::unexpected<ExpressionError> unexpected_in(const std::string& function) const {
    return fail(at_,
                fmt::format("found {}, expected , or ) in the arguments of {}",
                            describe_at(text_, at_), function),
                advice_at(text_, at_, Expected::argument_end));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Offset of the first byte past the permitted characters; the text's size where it is in bounds.
std::size_t overflow_offset(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    if (starts && ++characters > kMaxExpressionCharacters) return at;
  }
  return text.size();
}

}  // namespace

Parsed parse_expression(std::string_view text) {
  if (const std::size_t end = overflow_offset(text); end != text.size()) {
    return tl::unexpected(ExpressionError{
        end, fmt::format("the expression is longer than {} characters", kMaxExpressionCharacters),
        "the service refuses it: shorten it or split it over several attributes"});
  }
  return Parser(text).parse();
}

}  // namespace syncwright::expression
