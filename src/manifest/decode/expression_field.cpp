#include "manifest/decode/expression_field.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "manifest/decode/field.h"
#include "manifest/yaml/text_check.h"
#include "manifest/yaml/yaml_node.h"
#include "syncwright/expression/lint.h"

namespace syncwright {
namespace {

/// Without brackets, quotes, a call or a parameter a text names nothing that a user could have.
bool is_bare(const std::string& text) {
  return text.find_first_of("[\"(%") == std::string::npos;
}

void report_bare(const Field& field) {
  field.report(Code::SW1011, fmt::format("{} is no expression", quote_value(field.text())),
               "use constant: for a fixed text, \"[name]\" for an attribute");
}

/// A text that is too long has no place of its own.
void report_unreadable(const Field& field, LintFinding fault) {
  SourceRange where =
      fault.code == Code::SW3001 ? expression_text(field).at(fault.offset) : field.place();
  field.source().diagnostics.add(fault.code, std::move(where), std::move(fault.message),
                                 std::move(fault.advice));
}

std::optional<Expression> expression_of(const Field& field, bool is_explicit) {
  if (field.node().kind == YamlNode::Kind::sequence) {
    field.report(Code::SW1010, "a YAML list, where an expression is expected",
                 "quote it: \"[attribute]\"");
    return std::nullopt;
  }
  if (!field.expect_scalar("an expression")) return std::nullopt;
  const std::string& text = field.text();
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    field.report(Code::SW1013, fmt::format("`{}` is empty", field.name()),
                 "for no value at all use {source: none}");
    return std::nullopt;
  }
  if (is_bare(text) && !is_explicit) {
    report_bare(field);
    return std::nullopt;
  }
  auto expression = read_expression(text);
  if (expression) return std::move(*expression);
  if (is_bare(text)) {
    report_bare(field);
  } else {
    report_unreadable(field, std::move(expression.error()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Expression> as_expression(const Field& field) {
  return expression_of(field, false);
}

std::optional<Expression> as_explicit_expression(const Field& field) {
  return expression_of(field, true);
}

ExpressionText expression_text(const Field& field) {
  return {field.text(), field.place(), text_start(field.node())};
}

std::optional<Expression> as_constant(const Field& field) {
  const std::optional<std::string> text = as_written(field);
  if (!text) return std::nullopt;
  Expression constant;
  constant.kind = Expression::Kind::constant;
  constant.text = *text;
  return constant;
}

}  // namespace syncwright
