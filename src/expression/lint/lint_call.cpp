#include <fmt/format.h>

#include <utility>

#include "expression/functions/arguments.h"
#include "expression/functions/function_groups.h"
#include "expression/lint/lint_rules.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

void check_unknown(const Expression& call, LintFindings& findings) {
  const std::string name = shorten(call.text);
  if (const ForeignFunction* foreign = find_foreign_function(call.text)) {
    const bool in_examples = foreign->in_examples;
    findings.push_back(
        {in_examples ? Code::SW3102 : Code::SW3101, call.offset,
         in_examples ? fmt::format("`{}` occurs in examples, but no reference defines it", name)
                     : fmt::format("there is no function `{}`", name),
         std::string(foreign->advice)});
    return;
  }
  std::vector<std::string> names;
  for (const Function& function : function_table()) names.emplace_back(function.name);
  const std::string hint = did_you_mean(call.text, names);
  findings.push_back(
      {Code::SW3101, call.offset, fmt::format("there is no function `{}`", name),
       hint.empty() ? "the reference of mapping expressions lists the functions" : hint});
}

void check_arity(const Expression& call, const Function& function, LintFindings& findings) {
  auto fault = arity_fault(function, call);
  if (!fault) return;
  Code code = fault->kind == ArityFault::Kind::unpaired ? Code::SW3108 : Code::SW3103;
  findings.push_back(
      {code, call.offset, std::move(fault->message), fmt::format("write {}", usage_of(function))});
}

void check_known(const Expression& call, const Function& function, const LintContext& context,
                 LintFindings& findings) {
  if (call.text != function.name && call.text != function.also_spelled) {
    findings.push_back({Code::SW3109, call.offset,
                        fmt::format("`{}` is written `{}`", function.name, call.text),
                        fmt::format("write {}: function names are case-sensitive", function.name)});
  }
  if (!context.cloud_sync && function.place == FunctionPlace::cloud_sync) {
    findings.push_back({Code::SW3114, call.offset,
                        fmt::format("`{}` is a function of Cloud Sync alone", function.name),
                        std::string(function.beside_cloud_sync)});
  }
  if (function.unlisted) {
    findings.push_back(
        {Code::SW3115, call.offset,
         fmt::format("`{}` is in no reference of mapping expressions", function.name),
         "it was seen to work in a live tenant: try the expression in the portal first"});
  }
  check_arity(call, function, findings);
}

}  // namespace

void lint_calls(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    if (!is_call(*node.expression)) continue;
    if (node.function == nullptr) {
      check_unknown(*node.expression, findings);
    } else {
      check_known(*node.expression, *node.function, subject.context(), findings);
    }
  }
}

}  // namespace syncwright::expression
