#include "renderer.h"

#include <vector>

#include "argument_slot.h"
#include "arity.h"
#include "literal.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright {
namespace {

void append(const Expression& expression, std::string& out);

void append_argument(const ArgumentSlot& slot, std::string& out) {
  if (slot.value == nullptr) return;
  const bool bare = slot.integer && slot.value->kind == Expression::Kind::constant &&
                    is_number_text(slot.value->text);
  if (bare) {
    out += slot.value->text;
  } else {
    append(*slot.value, out);
  }
}

/// The service fills up what a call may leave out with empty places (SPEC.md 4.1). A call that does
/// not fit its function stays as it was written: filled up it might fit.
std::vector<ArgumentSlot> rendered_slots(const Expression& call) {
  std::vector<ArgumentSlot> slots = argument_slots(call);
  const FunctionSignature* function = find_function(call.text);
  if (function != nullptr && arity_fault(*function, call)) slots.resize(call.arguments.size());
  return slots;
}

void append_call(const Expression& call, std::string& out) {
  out += canonical_function_name(call.text);
  out += '(';
  bool first = true;
  for (const ArgumentSlot& slot : rendered_slots(call)) {
    if (!first) out += ", ";
    first = false;
    append_argument(slot, out);
  }
  out += ')';
}

void append_joined(const Expression& expression, std::string_view operator_text, std::string& out) {
  bool first = true;
  for (const auto& argument : expression.arguments) {
    if (!first) out += operator_text;
    first = false;
    if (argument) append(*argument, out);
  }
}

void append(const Expression& expression, std::string& out) {
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
      append_call(expression, out);
      return;
    case Expression::Kind::comparison:
      append_joined(expression, expression.text, out);
      return;
    case Expression::Kind::concatenation:
      append_joined(expression, " & ", out);  // blanks: `&H1` would be a number
      return;
  }
}

}  // namespace

std::string quote_constant(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

std::string render_expression(const Expression& expression) {
  std::string text;
  append(expression, text);
  return text;
}

}  // namespace syncwright
