#include <vector>

#include "expression/functions/arguments.h"
#include "expression/literal.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright::expression {
namespace {

/// What stands behind the last argument of a call.
enum class EmptyPlaces { filled_up, left_out };

void append(const Expression& expression, EmptyPlaces places, std::string& out);

void append_argument(const ArgumentSlot& slot, EmptyPlaces places, std::string& out) {
  if (slot.value == nullptr) return;
  const bool bare = slot.is_integer() && slot.value->kind == Expression::Kind::constant &&
                    is_number_text(slot.value->text);
  if (bare) {
    out += slot.value->text;
  } else {
    append(*slot.value, places, out);
  }
}

/// The service fills up what a call may leave out with empty places (docs/expressions.md#4.1). A
/// call that does not fit its function stays as it was written: filled up it might fit.
std::vector<ArgumentSlot> rendered_slots(const Expression& call) {
  std::vector<ArgumentSlot> slots = argument_slots(call);
  const Function* function = find_function(call.text);
  if (function != nullptr && arity_fault(*function, call)) slots.resize(call.arguments.size());
  return slots;
}

/// The call without empty places at its end, where it means the same and fits its function, or does
/// not, as it did with them.
Expression without_empty_end(const Expression& call) {
  Expression shorter = call;
  while (!shorter.arguments.empty() && !shorter.arguments.back()) shorter.arguments.pop_back();
  const Function* function = find_function(call.text);
  const bool is_same =
      function != nullptr && shorter == call &&
      arity_fault(*function, shorter).has_value() == arity_fault(*function, call).has_value();
  return is_same ? shorter : call;
}

void append_slots(const std::vector<ArgumentSlot>& slots, EmptyPlaces places, std::string& out) {
  bool first = true;
  for (const ArgumentSlot& slot : slots) {
    if (!first) out += ", ";
    first = false;
    append_argument(slot, places, out);
  }
}

void append_call(const Expression& call, EmptyPlaces places, std::string& out) {
  out += canonical_function_name(call.text);
  out += '(';
  if (places == EmptyPlaces::filled_up) {
    append_slots(rendered_slots(call), places, out);
  } else {
    const Expression shorter = without_empty_end(call);
    std::vector<ArgumentSlot> slots = argument_slots(shorter);
    slots.resize(shorter.arguments.size());
    append_slots(slots, places, out);
  }
  out += ')';
}

void append_joined(const Expression& expression, std::string_view operator_text, EmptyPlaces places,
                   std::string& out) {
  bool first = true;
  for (const auto& argument : expression.arguments) {
    if (!first) out += operator_text;
    first = false;
    if (argument) append(*argument, places, out);
  }
}

void append(const Expression& expression, EmptyPlaces places, std::string& out) {
  switch (expression.kind) {
    case Expression::Kind::attribute:
      out += '[' + expression.text + ']';
      return;
    case Expression::Kind::constant:
      out += quote_constant(expression.text);
      return;
    case Expression::Kind::parameter:
    case Expression::Kind::keyword:
      out += expression.text;
      return;
    case Expression::Kind::call:
      append_call(expression, places, out);
      return;
    case Expression::Kind::comparison:
      append_joined(expression, expression.text, places, out);
      return;
    case Expression::Kind::concatenation:
      append_joined(expression, " & ", places, out);  // blanks: `&H1` would be a number
      return;
  }
}

}  // namespace

std::string render_expression(const Expression& expression) {
  std::string text;
  append(expression, EmptyPlaces::filled_up, text);
  return text;
}

std::string author_text(const Expression& expression) {
  std::string text;
  append(expression, EmptyPlaces::left_out, text);
  return text;
}

}  // namespace syncwright::expression
