#include "expression/lint/lint_subject.h"

#include "expression/functions/arguments.h"
#include "expression/functions/comparison.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"

namespace syncwright::expression {
namespace {

std::size_t count_nodes(const Expression& expression) {
  std::size_t count = 1;
  for (const auto& argument : expression.arguments) {
    if (argument) count += count_nodes(*argument);
  }
  return count;
}

/// `nodes` has room for all, so that no pointer into it moves.
void lay_out(const LintNode& node, std::vector<LintNode>& nodes) {
  nodes.push_back(node);
  const LintNode* self = &nodes.back();
  const auto& arguments = node.expression->arguments;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at]) lay_out({&*arguments[at], self, at, called_function(*arguments[at])}, nodes);
  }
}

}  // namespace

LintSubject::LintSubject(const Expression& expression, std::string_view text,
                         const LintContext& context)
    : text_(text), context_(context) {
  nodes_.reserve(count_nodes(expression));
  lay_out({&expression, nullptr, 0, called_function(expression)}, nodes_);
}

bool is_call(const Expression& expression) {
  return expression.kind == Expression::Kind::call;
}

bool is_filled_constant(const Expression& expression) {
  return expression.kind == Expression::Kind::constant && !expression.text.empty();
}

bool is_empty_constant(const Expression& expression) {
  return expression.kind == Expression::Kind::constant && expression.text.empty();
}

bool is_oversized_hex(const Expression& expression) {
  const std::string& text = expression.text;
  return expression.kind == Expression::Kind::constant && expression.is_number &&
         hex_number_length(text) == text.size() && !parse_whole_number(text);
}

bool is_flow_word(const Expression& expression) {
  return expression.kind == Expression::Kind::keyword &&
         (ascii::equal_ignoring_case(expression.text, "IgnoreAttributeFlow") ||
          ascii::equal_ignoring_case(expression.text, "IgnoreObjectFlow"));
}

std::optional<std::string_view> written_text(const Expression* argument) {
  if (argument == nullptr) return std::nullopt;
  const bool is_word = argument->kind == Expression::Kind::keyword && !is_flow_word(*argument) &&
                       !ascii::equal_ignoring_case(argument->text, "NULL");
  if (argument->kind == Expression::Kind::constant || is_word) return argument->text;
  return std::nullopt;
}

const Expression* argument_at(const Expression& call, std::size_t position) {
  const bool given = position < call.arguments.size() && call.arguments[position];
  return given ? &*call.arguments[position] : nullptr;
}

const Expression* argument_of(const Expression& call, ArgumentKind kind) {
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (slot.is(kind)) return slot.value;
  }
  return nullptr;
}

}  // namespace syncwright::expression
