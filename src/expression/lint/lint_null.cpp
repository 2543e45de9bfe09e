#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "expression/functions/argument_slot.h"
#include "expression/lint/lint_rules.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/quoted.h"

namespace syncwright {
namespace {

using Kind = Expression::Kind;

bool is_test_of_presence(const Expression& expression) {
  return is_call_of(expression, "IsPresent") || is_call_of(expression, "IsNull") ||
         is_call_of(expression, "IsNullOrEmpty") || is_call_of(expression, "IsNothing");
}

/// Every user of Entra ID has these.
bool is_never_null(const std::string& attribute) {
  constexpr std::array<std::string_view, 5> kNames = {"IsSoftDeleted", "accountEnabled", "objectId",
                                                      "userPrincipalName", "displayName"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
    return ascii::equal_ignoring_case(name, attribute);
  });
}

/// Gives a text whatever is absent inside: Coalesce with a constant behind, Switch with a default.
bool is_guard(const Expression& call) {
  if (is_call_of(call, "Coalesce")) {
    const Expression* last =
        call.arguments.empty() ? nullptr : argument_at(call, call.arguments.size() - 1);
    return last != nullptr && is_filled_constant(*last);
  }
  const Expression* otherwise = is_call_of(call, "Switch") ? argument_at(call, 1) : nullptr;
  return otherwise != nullptr && is_filled_constant(*otherwise);
}

/// The IIF or CBool whose condition `attribute` may empty; nullptr where there is none.
const Expression* failing_condition(const LintNode& attribute) {
  for (const LintNode* node = &attribute; node->parent != nullptr; node = node->parent) {
    const Expression& outer = *node->parent->expression;
    if (is_guard(outer)) return nullptr;
    if (node->position == 0 && is_iif(outer.text) && is_call(outer)) return &outer;
    if (is_call_of(outer, "CBool")) return &outer;
  }
  return nullptr;
}

/// Each attribute is told once: chains of IIF test one attribute over and over.
void check_conditions(const LintSubject& subject, LintFindings& findings) {
  if (subject.context().cloud_sync) return;
  std::set<std::string> told;
  for (const LintNode& node : subject.nodes()) {
    const Expression& attribute = *node.expression;
    if (attribute.kind != Kind::attribute || is_never_null(attribute.text)) continue;
    const Expression* condition = failing_condition(node);
    if (condition == nullptr || !told.insert(attribute.text).second) continue;
    const std::string name = shortened(attribute.text);
    findings.push_back(
        {"SW3120", attribute.offset,
         fmt::format("`{}` fails where [{}] is empty, and it may be",
                     is_iif(condition->text) ? "IIF" : "CBool", name),
         fmt::format(
             "guard it, Coalesce([{0}], \"none\"), or use Switch([{0}], , \"key\", \"value\")",
             name)});
  }
}

void check_switch_source(const Expression& call, LintFindings& findings) {
  const Expression* source = argument_at(call, 0);
  if (source == nullptr || !is_test_of_presence(*source)) return;
  findings.push_back({"SW3121", source->offset,
                      fmt::format("`Switch` on `{}` is not reliable", source->text),
                      "use Coalesce([attribute], otherwise)"});
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

bool writes_something(const Expression* value) {
  return value != nullptr && !is_empty_constant(*value) && !is_call_of(*value, "Error");
}

/// An empty source takes the key "" or the default; where that is empty the target keeps its value.
bool writes_for_null(const Expression& call) {
  for (std::size_t at = 2; at + 1 < call.arguments.size(); at += 2) {
    const Expression* key = argument_at(call, at);
    if (key != nullptr && is_empty_constant(*key)) {
      return writes_something(argument_at(call, at + 1));
    }
  }
  return writes_something(argument_at(call, 1));
}

bool may_write_by_mistake(const Expression& call) {
  const Expression* source = argument_at(call, 0);
  return source != nullptr && !is_test_of_presence(*source) && reads_changing_attribute(*source) &&
         writes_for_null(call);
}

void check_switches(const LintSubject& subject, LintFindings& findings) {
  bool told = subject.context().only_at_creation;  // no later cycle can come upon it
  for (const LintNode& node : subject.nodes()) {
    const Expression& call = *node.expression;
    if (!is_call_of(call, "Switch")) continue;
    check_switch_source(call, findings);
    if (told || !may_write_by_mistake(call)) continue;
    told = true;
    findings.push_back(
        {"SW3122", call.offset,
         "`Switch` takes a source that did not change as empty, and would write another value",
         "leave the default empty, Switch([x], , ..), and give the mapping a defaultValue, or "
         "compare with IIF"});
  }
}

bool gives_empty_for_null(const Expression& expression) {
  const FunctionSignature* function =
      is_call(expression) ? find_function(expression.text) : nullptr;
  return function != nullptr && function->empty_for_null;
}

void check_coalesce(const Expression& call, const LintContext& context, LintFindings& findings) {
  for (std::size_t at = 0; at + 1 < call.arguments.size(); ++at) {
    const Expression* argument = argument_at(call, at);
    if (argument == nullptr) continue;
    const bool may_be_empty = is_empty_constant(*argument) || gives_empty_for_null(*argument) ||
                              (context.hr_inbound && argument->kind == Kind::attribute);
    if (!may_be_empty) continue;
    findings.push_back(
        {"SW3123", argument->offset,
         "`Coalesce` passes over null; whether over an empty text, as this may be, is not "
         "documented",
         "pass the attribute itself; `syncwright eval` shows what an empty text gives"});
    return;
  }
}

/// Whether what stands at `position` of `outer` may be its result.
bool gives_result(const Expression& outer, std::size_t position) {
  if (is_call_of(outer, "IIF")) return position > 0;
  if (is_call_of(outer, "Switch")) return position == 1 || (position > 2 && position % 2 == 1);
  return is_call_of(outer, "Coalesce") || is_call_of(outer, "SelectUniqueValue");
}

bool is_result(const LintNode& node) {
  for (const LintNode* up = &node; up->parent != nullptr; up = up->parent) {
    if (!gives_result(*up->parent->expression, up->position)) return false;
  }
  return true;
}

/// Cloud Sync turns the empty text into null (docs/expressions.md#6).
void check_empty_result(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!context.to_active_directory || context.cloud_sync) return;
  if (!is_empty_constant(*node.expression) || !is_result(node)) return;
  findings.push_back(
      {"SW3124", node.expression->offset,
       "the result may be an empty text, which Active Directory refuses",
       "use NULL or an empty argument, or IgnoreFlowIfNullOrEmpty(..) round the whole"});
}

}  // namespace

void lint_nulls(const LintSubject& subject, LintFindings& findings) {
  check_conditions(subject, findings);
  check_switches(subject, findings);
  for (const LintNode& node : subject.nodes()) {
    if (is_call_of(*node.expression, "Coalesce")) {
      check_coalesce(*node.expression, subject.context(), findings);
    }
    check_empty_result(node, subject.context(), findings);
  }
}

}  // namespace syncwright
