#include <fmt/format.h>

#include <algorithm>

#include "expression/lint/lint_rules.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

bool is_at_home_in(FunctionPlace place, const LintNode& node) {
  return node.function != nullptr && node.function->place == place;
}

void check_roles(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!context.scope_all || !is_at_home_in(FunctionPlace::assigned_scope, node)) return;
  const Expression& call = *node.expression;
  findings.push_back(
      {Code::SW3130, call.offset,
       fmt::format("`{}` reads assignments, which `scope: all` does not look at", call.text),
       "use scope: assigned, or another source for the role"});
}

void check_reference(const LintNode& node, const LintContext& context, LintFindings& findings) {
  const Expression& attribute = *node.expression;
  if (attribute.kind != Expression::Kind::attribute || node.parent == nullptr) return;
  const auto& references = context.reference_attributes;
  if (std::find(references.begin(), references.end(), attribute.text) == references.end()) return;
  const std::string name = shorten(attribute.text);
  findings.push_back({Code::SW3131, attribute.offset,
                      fmt::format("the reference [{}] passes through `{}`", name,
                                  shorten(node.parent->expression->text)),
                      fmt::format("map a reference alone: \"[{}]\"", name)});
}

void check_unique(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!is_at_home_in(FunctionPlace::creation, node)) return;
  const std::string_view name = node.function->name;
  const std::size_t offset = node.expression->offset;
  if (node.parent != nullptr) {
    findings.push_back(
        {Code::SW3132, offset,
         fmt::format("`{}` stands inside of `{}`", name, shorten(node.parent->expression->text)),
         "make it the outermost function, and put the others into its arguments"});
  }
  if (context.matches) {
    findings.push_back({Code::SW3133, offset,
                        fmt::format("`{}` is the source of a matching attribute", name),
                        "match by another attribute, for example employeeID"});
  }
  if (!context.only_at_creation) {
    findings.push_back({Code::SW3134, offset,
                        fmt::format("`{}` runs again whenever the object changes", name),
                        "add flowType: ObjectAddOnly"});
  }
  if (!context.hr_inbound || !context.to_active_directory) {
    findings.push_back({Code::SW3135, offset,
                        fmt::format("`{}` works in jobs from Workday, SuccessFactors or the "
                                    "inbound API to Active Directory only",
                                    name),
                        "make the value unique in the source"});
  }
}

}  // namespace

void lint_places(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    check_roles(node, subject.context(), findings);
    check_reference(node, subject.context(), findings);
    check_unique(node, subject.context(), findings);
  }
}

}  // namespace syncwright::expression
