#include "renderer.h"

#include "argument_slot.h"
#include "literal.h"
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

void append_call(const Expression& call, std::string& out) {
  out += canonical_function_name(call.text);
  out += '(';
  bool first = true;
  for (const ArgumentSlot& slot : argument_slots(call)) {
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
