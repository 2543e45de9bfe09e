#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "expression/functions/advice.h"
#include "expression/lint/lint_rules.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

using Kind = Expression::Kind;

bool handles_null(const Function* function, NullHandling handling) {
  return function != nullptr && function->null_handling == handling;
}

bool is_test_of_presence(const Expression& expression) {
  return handles_null(called_function(expression), NullHandling::is_tested);
}

/// What a function of pairs gives where no key fits; nullptr where it is left empty.
const Expression* default_of(const Function& function, const Expression& call) {
  return argument_at(call, function.first_key() - 1);
}

/// Every user of Entra ID has these.
bool is_never_null(const std::string& attribute) {
  constexpr std::array<std::string_view, 5> kNames = {"IsSoftDeleted", "accountEnabled", "objectId",
                                                      "userPrincipalName", "displayName"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return ascii::equal_ignoring_case(name, attribute);
  });
}

/// Gives a text whatever is absent inside: by a constant as the last resort or as the default.
bool is_guard(const LintNode& node) {
  const Expression& call = *node.expression;
  const Expression* otherwise = nullptr;
  if (handles_null(node.function, NullHandling::goes_on) && !call.arguments.empty()) {
    otherwise = argument_at(call, call.arguments.size() - 1);
  }
  if (handles_null(node.function, NullHandling::equals_empty)) {
    otherwise = default_of(*node.function, call);
  }
  return otherwise != nullptr && is_filled_constant(*otherwise);
}

/// The call whose condition `attribute` may empty; nullptr where there is none.
const LintNode* failing_condition(const LintNode& attribute) {
  for (const LintNode* node = &attribute; node->parent != nullptr; node = node->parent) {
    const LintNode& outer = *node->parent;
    if (is_guard(outer)) return nullptr;
    if (!handles_null(outer.function, NullHandling::fails)) continue;
    if (node->position < outer.function->always_evaluated) return &outer;
  }
  return nullptr;
}

/// Reports each attribute once, since chains of conditions test one attribute over and over.
void check_conditions(const LintSubject& subject, LintFindings& findings) {
  if (subject.context().cloud_sync) return;
  std::set<std::string> told;
  for (const LintNode& node : subject.nodes()) {
    const Expression& attribute = *node.expression;
    if (attribute.kind != Kind::attribute || is_never_null(attribute.text)) continue;
    const LintNode* condition = failing_condition(node);
    if (condition == nullptr || !told.insert(attribute.text).second) continue;
    const std::string name = shorten(attribute.text);
    findings.push_back({Code::SW3120, attribute.offset,
                        fmt::format("`{}` fails where [{}] is empty, and it may be",
                                    condition->function->name, name),
                        fmt::format(advice::guard_condition, name)});
  }
}

void check_switch_source(const LintNode& node, LintFindings& findings) {
  const Expression* source = argument_at(*node.expression, 0);
  if (source == nullptr || !is_test_of_presence(*source)) return;
  findings.push_back(
      {Code::SW3121, source->offset,
       fmt::format("`{}` on `{}` is not reliable", node.function->name, source->text),
       std::string(advice::instead_of_test)});
}

bool reads_changing_attribute(const Expression& expression) {
  if (expression.kind == Kind::attribute) {
    return !ascii::equal_ignoring_case(expression.text,
                                       "IsSoftDeleted");  // computed in every cycle
  }
  return std::any_of(
      expression.arguments.begin(), expression.arguments.end(),
      [](const auto& argument) { return argument && reads_changing_attribute(*argument); });
}

bool raises(const Expression& expression) {
  const Function* function = called_function(expression);
  return function != nullptr && function->raises;
}

bool writes_something(const Expression* value) {
  return value != nullptr && !is_empty_constant(*value) && !raises(*value);
}

/// An empty source takes the key "" or the default; where that is empty the target keeps its value.
bool writes_for_null(const Function& function, const Expression& call) {
  for (std::size_t at = function.first_key(); at + 1 < call.arguments.size(); at += 2) {
    const Expression* key = argument_at(call, at);
    if (key != nullptr && is_empty_constant(*key)) {
      return writes_something(argument_at(call, at + 1));
    }
  }
  return writes_something(default_of(function, call));
}

bool may_write_by_mistake(const LintNode& node) {
  const Expression* source = argument_at(*node.expression, 0);
  return source != nullptr && !is_test_of_presence(*source) && reads_changing_attribute(*source) &&
         writes_for_null(*node.function, *node.expression);
}

void check_switches(const LintSubject& subject, LintFindings& findings) {
  bool told = subject.context().only_at_creation;  // no later cycle can come upon it
  for (const LintNode& node : subject.nodes()) {
    if (!handles_null(node.function, NullHandling::equals_empty)) continue;
    check_switch_source(node, findings);
    if (told || !may_write_by_mistake(node)) continue;
    told = true;
    findings.push_back(
        {Code::SW3122, node.expression->offset,
         fmt::format(
             "`{}` takes a source that did not change as empty, and would write another value",
             node.function->name),
         std::string(advice::empty_default)});
  }
}

bool gives_empty_for_null(const Expression& expression) {
  return handles_null(called_function(expression), NullHandling::gives_empty);
}

void check_coalesce(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!handles_null(node.function, NullHandling::goes_on)) return;
  const Expression& call = *node.expression;
  for (std::size_t at = 0; at + 1 < call.arguments.size(); ++at) {
    const Expression* argument = argument_at(call, at);
    if (argument == nullptr) continue;
    const bool may_be_empty = is_empty_constant(*argument) || gives_empty_for_null(*argument) ||
                              (context.hr_inbound && argument->kind == Kind::attribute);
    if (!may_be_empty) continue;
    findings.push_back(
        {Code::SW3123, argument->offset,
         fmt::format("`{}` passes over null; whether over an empty text, as this may be, is not "
                     "documented",
                     node.function->name),
         "pass the attribute itself; `syncwright eval` shows what an empty text gives"});
    return;
  }
}

/// Whether what stands at `position` of `outer` may be its result.
bool gives_result(const Function* outer, std::size_t position) {
  if (outer == nullptr || outer->parameters.empty()) return false;
  const std::size_t last = outer->parameters.size() - 1;
  if (!outer->parameters[std::min(position, last)].is_result) return false;
  const bool is_key =
      outer->pairs && position >= outer->first_key() && (position - outer->first_key()) % 2 == 0;
  return !is_key;
}

bool is_result(const LintNode& node) {
  for (const LintNode* up = &node; up->parent != nullptr; up = up->parent) {
    if (!gives_result(up->parent->function, up->position)) return false;
  }
  return true;
}

/// Cloud Sync turns the empty text into null (docs/expressions.md#6).
void check_empty_result(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!context.to_active_directory || context.cloud_sync) return;
  if (!is_empty_constant(*node.expression) || !is_result(node)) return;
  findings.push_back({Code::SW3124, node.expression->offset,
                      "the result may be an empty text, which Active Directory refuses",
                      std::string(advice::no_empty_result)});
}

}  // namespace

void lint_nulls(const LintSubject& subject, LintFindings& findings) {
  check_conditions(subject, findings);
  check_switches(subject, findings);
  for (const LintNode& node : subject.nodes()) {
    check_coalesce(node, subject.context(), findings);
    check_empty_result(node, subject.context(), findings);
  }
}

}  // namespace syncwright::expression
