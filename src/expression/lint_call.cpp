#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "arity.h"
#include "foreign_function.h"
#include "lint_rules.h"
#include "literal.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/suggestion.h"
#include "syncwright/expression/function_table.h"

namespace syncwright {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(), [name](std::string_view each) {
    return ascii::equal_ignoring_case(each, name);
  });
}

/// Examples of the Cloud Sync reference call them, nothing defines them (SPEC.md 3).
bool is_known_by_name_only(std::string_view name) {
  constexpr std::array<std::string_view, 2> kNames = {"Contains", "CRef"};
  return is_one_of(name, kNames);
}

/// Those that the reference of application provisioning does not have.
bool belongs_to_cloud_sync(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNames = {"ConvertFromBase64", "DNComponent", "Error",
                                                      "StringFromSid", "Trim"};
  return is_one_of(name, kNames);
}

void check_unknown(const Expression& call, LintFindings& findings) {
  if (is_known_by_name_only(call.text)) {
    findings.push_back(
        {"SW3102", call.offset,
         fmt::format("`{}` occurs in examples, but no reference defines it", call.text),
         ascii::equal_ignoring_case(call.text, "Contains")
             ? "InStr(text, part) is 0 where a part is absent"
             : "try the expression in the portal first"});
    return;
  }
  if (const std::string_view advice = advice_for_foreign_function(call.text); !advice.empty()) {
    findings.push_back({"SW3101", call.offset, fmt::format("there is no function `{}`", call.text),
                        std::string(advice)});
    return;
  }
  std::vector<std::string> names;
  for (const FunctionSignature& function : function_table()) names.emplace_back(function.name);
  const std::string hint = did_you_mean(call.text, names);
  findings.push_back(
      {"SW3101", call.offset, fmt::format("there is no function `{}`", call.text),
       hint.empty() ? "the reference of mapping expressions lists the functions" : hint});
}

void check_arity(const Expression& call, const FunctionSignature& function,
                 LintFindings& findings) {
  auto fault = arity_fault(function, call);
  if (!fault) return;
  const char* const code = fault->kind == ArityFault::Kind::unpaired ? "SW3108" : "SW3103";
  findings.push_back(
      {code, call.offset, std::move(fault->message), fmt::format("write {}", usage_of(function))});
}

void check_known(const Expression& call, const FunctionSignature& function,
                 const LintContext& context, LintFindings& findings) {
  if (call.text != function.name && call.text != "Instr") {
    findings.push_back({"SW3109", call.offset,
                        fmt::format("`{}` is written `{}`", function.name, call.text),
                        fmt::format("write {}: function names are case-sensitive", function.name)});
  }
  if (!context.cloud_sync && belongs_to_cloud_sync(function.name)) {
    findings.push_back(
        {"SW3114", call.offset,
         fmt::format("`{}` is a function of Cloud Sync, and this job is none", function.name),
         function.name == "Trim" ? "use Replace with a regular expression, or StripSpaces"
                                 : "try the expression in the portal first"});
  }
  if (function.unlisted) {
    findings.push_back(
        {"SW3115", call.offset,
         fmt::format("`{}` is in no reference of mapping expressions", function.name),
         "it was seen to work in a live tenant: try the expression in the portal first"});
  }
  check_arity(call, function, findings);
}

}  // namespace

void lint_calls(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    if (!is_call(*node.expression)) continue;
    const FunctionSignature* function = find_function(node.expression->text);
    if (function == nullptr) {
      check_unknown(*node.expression, findings);
    } else {
      check_known(*node.expression, *function, subject.context(), findings);
    }
  }
}

}  // namespace syncwright
