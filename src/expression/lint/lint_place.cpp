#include <fmt/format.h>

#include <algorithm>

#include "expression/lint/lint_rules.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/quoted.h"

namespace syncwright {
namespace {

bool reads_roles(const Expression& call) {
  const FunctionSignature* function = is_call(call) ? find_function(call.text) : nullptr;
  return function != nullptr && function->reads_roles;
}

void check_roles(const Expression& call, const LintContext& context, LintFindings& findings) {
  if (!context.scope_all || !reads_roles(call)) return;
  findings.push_back(
      {"SW3130", call.offset,
       fmt::format("`{}` reads assignments, which `scope: all` does not look at", call.text),
       "use scope: assigned, or another source for the role"});
}

void check_reference(const LintNode& node, const LintContext& context, LintFindings& findings) {
  const Expression& attribute = *node.expression;
  if (attribute.kind != Expression::Kind::attribute || node.parent == nullptr) return;
  const auto& references = context.reference_attributes;
  if (std::find(references.begin(), references.end(), attribute.text) == references.end()) return;
  const std::string name = shortened(attribute.text);
  findings.push_back({"SW3131", attribute.offset,
                      fmt::format("the reference [{}] passes through `{}`", name,
                                  shortened(node.parent->expression->text)),
                      fmt::format("map a reference alone: \"[{}]\"", name)});
}

void check_unique(const LintNode& node, const LintContext& context, LintFindings& findings) {
  if (!is_call_of(*node.expression, "SelectUniqueValue")) return;
  const std::size_t offset = node.expression->offset;
  if (node.parent != nullptr) {
    findings.push_back({"SW3132", offset,
                        fmt::format("`SelectUniqueValue` stands inside of `{}`",
                                    shortened(node.parent->expression->text)),
                        "make it the outermost function, and put the others into its arguments"});
  }
  if (context.matches) {
    findings.push_back({"SW3133", offset,
                        "`SelectUniqueValue` is the source of a matching attribute",
                        "match by another attribute, for example employeeID"});
  }
  if (!context.only_at_creation) {
    findings.push_back({"SW3134", offset,
                        "`SelectUniqueValue` runs again whenever the object changes",
                        "add flowType: ObjectAddOnly"});
  }
  if (!context.hr_inbound || !context.to_active_directory) {
    findings.push_back({"SW3135", offset,
                        "`SelectUniqueValue` works in jobs from Workday, SuccessFactors or the "
                        "inbound API to Active Directory only",
                        "make the value unique in the source"});
  }
}

}  // namespace

void lint_places(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    check_roles(*node.expression, subject.context(), findings);
    check_reference(node, subject.context(), findings);
    check_unique(node, subject.context(), findings);
  }
}

}  // namespace syncwright
