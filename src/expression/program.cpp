#include "expression/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "expression/functions/arguments.h"
#include "expression/functions/comparison.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

using NodeKind = ProgramNode::Kind;

class Compiler {
 public:
  ProgramNode compile(const Expression& expression, int depth) {
    ProgramNode node;
    node.offset = expression.offset;
    switch (expression.kind) {
      case Expression::Kind::attribute:
        node.kind = NodeKind::attribute;
        node.text = expression.text;
        attributes.insert(expression.text);
        break;
      case Expression::Kind::constant:
        node.kind = NodeKind::constant;
        node.constant = expression.text;
        node.integer = parse_whole_number(expression.text);
        break;
      case Expression::Kind::parameter:
        node.kind = NodeKind::parameter;
        node.text = is_parameter_text(expression.text)
                        ? expression.text.substr(1, expression.text.size() - 2)
                        : expression.text;
        break;
      case Expression::Kind::keyword:
        keyword(node, expression.text);
        break;
      case Expression::Kind::call:
        call(node, expression, depth);
        break;
      case Expression::Kind::comparison:
        comparison(node, expression, depth);
        break;
      case Expression::Kind::concatenation:
        node.kind = NodeKind::concatenation;
        arguments(node, expression, depth);
        break;
    }
    return node;
  }

  std::set<std::string> attributes;
  std::vector<bool EvaluationSettings::*> contested;  ///< for Evaluator::doubts

 private:
  static void fail(ProgramNode& node, std::string why, StopCause cause = StopCause::fault) {
    node.kind = NodeKind::failure;
    node.text = std::move(why);
    node.cause = cause;
  }

  static void keyword(ProgramNode& node, const std::string& word) {
    const auto is = [&word](std::string_view name) {
      return ascii::equal_ignoring_case(word, name);
    };
    if (is("IgnoreAttributeFlow")) {
      node.kind = NodeKind::ignore_attribute;
    } else if (is("IgnoreObjectFlow")) {
      node.kind = NodeKind::ignore_object;
    } else if (!is_keyword(word)) {
      fail(node, fmt::format("{} is no word of the language", quote(std::string_view(word))));
    } else {
      node.kind = NodeKind::constant;
      if (!is("NULL")) node.constant = word;
      if (is("true") || is("false")) node.constant = is("true");
    }
  }

  void arguments(ProgramNode& node, const Expression& expression, int depth) {
    node.arguments.reserve(expression.arguments.size());
    for (const auto& argument : expression.arguments) {
      node.arguments.push_back(argument ? compile(*argument, depth) : ProgramNode());
    }
  }

  void comparison(ProgramNode& node, const Expression& expression, int depth) {
    const auto op = parse_comparison_operator(expression.text);
    if (!op || expression.arguments.size() != 2) {
      fail(node, fmt::format("{} is no comparison of two values",
                             quote(std::string_view(expression.text))));
      return;
    }
    node.kind = NodeKind::comparison;
    node.text = expression.text;
    node.comparison = *op;
    arguments(node, expression, depth);
  }

  /// Arguments of a call that cannot run are compiled all the same: they are attributes that the
  /// expression names.
  void call(ProgramNode& node, const Expression& expression, int depth) {
    if (depth > kMaxExpressionDepth) {
      fail(node, fmt::format("functions are nested more than {} deep", kMaxExpressionDepth),
           StopCause::unknown);
      return;
    }
    node.kind = NodeKind::call;
    arguments(node, expression, depth + 1);
    node.function = find_function(expression.text);
    if (node.function == nullptr) {
      fail(node, fmt::format("{}: unknown function", shorten(expression.text)), StopCause::unknown);
      return;
    }
    if (auto fault = arity_fault(*node.function, expression)) {
      fail(node, std::move(fault->message));
      return;
    }
    if (node.function->contested != nullptr) contested.push_back(node.function->contested);
    prepare_regex(node);
  }

  static void prepare_regex(ProgramNode& call) {
    const FunctionParameters& parameters = call.function->parameters;
    for (std::size_t at = 0; at < std::min(parameters.size(), call.arguments.size()); ++at) {
      if (parameters[at].kind != ArgumentKind::regular_expression) continue;
      ProgramNode& pattern = call.arguments[at];
      if (pattern.kind != NodeKind::constant) continue;
      if (const auto* text = std::get_if<std::string>(&pattern.constant)) {
        pattern.regex = DotnetRegex::compile(*text);
      }
    }
  }
};

}  // namespace

ExpressionProgram compile_program(const Expression& expression, const EvaluationSettings& settings,
                                  const EvaluationLimits& limits) {
  Compiler compiler;
  ExpressionProgram program;
  program.root = compiler.compile(expression, 1);
  program.settings = settings;
  program.limits = limits;
  program.attributes.assign(compiler.attributes.begin(), compiler.attributes.end());
  program.contested = std::move(compiler.contested);
  return program;
}

}  // namespace syncwright::expression
