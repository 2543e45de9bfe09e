#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "argument_slot.h"
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
  std::vector<std::string> names;
  for (const FunctionSignature& function : function_table()) names.emplace_back(function.name);
  const std::string hint = did_you_mean(call.text, names);
  findings.push_back(
      {"SW3101", call.offset, fmt::format("there is no function `{}`", call.text),
       hint.empty() ? "the reference of mapping expressions lists the functions" : hint});
}

/// How a call is written, for advice: optional arguments in brackets.
std::string usage_of(const FunctionSignature& function) {
  if (function.name == "IIF") return "IIF(condition, then, else)";
  if (function.name == "Switch") return "Switch(source, default, key, value, ..)";
  if (function.name == "Coalesce") return "Coalesce(first, second, ..)";
  if (function.name == "SelectUniqueValue") return "SelectUniqueValue(first, second, ..)";
  std::string usage;
  for (const FunctionParameter& parameter : function.parameters) {
    if (!usage.empty()) usage += ", ";
    if (parameter.repeats) {
      usage += fmt::format("{}, ..", parameter.key);
    } else {
      usage += parameter.required ? std::string(parameter.key) : fmt::format("[{}]", parameter.key);
    }
  }
  return fmt::format("{}({})", function.name, usage);
}

struct ArgumentCount {
  std::size_t least = 0;
  std::size_t most = 0;  ///< 0 with `variadic`
  bool variadic = false;
};

/// The table says which parameters may be left out; how many of the repeated ones are needed, and
/// that IIF wants a value, are words of the reference.
ArgumentCount count_of(const FunctionSignature& function) {
  if (function.name == "Switch") return {4, 0, true};
  if (function.name == "Join" || function.name == "SelectUniqueValue") return {2, 0, true};
  if (function.name == "Coalesce") return {1, 0, true};
  if (function.name == "IIF") return {2, 3, false};
  const auto least = std::count_if(function.parameters.begin(), function.parameters.end(),
                                   [](const FunctionParameter& each) { return each.required; });
  // FormatDateTime: three or four (SPEC.md 3); InputFormat may be empty, but has its place.
  if (function.name == "FormatDateTime") return {3, 4, false};
  return {static_cast<std::size_t>(least), function.parameters.size(), false};
}

std::string counted(std::size_t count) {
  return fmt::format("{} argument{}", count, count == 1 ? "" : "s");
}

std::string described(const ArgumentCount& count) {
  if (count.variadic) return fmt::format("at least {}", counted(count.least));
  if (count.most == 0) return "no arguments";
  if (count.least == count.most) return counted(count.most);
  return fmt::format("{} to {}", count.least, counted(count.most));
}

void check_required(const Expression& call, const FunctionSignature& function,
                    LintFindings& findings) {
  const std::vector<ArgumentSlot> slots = argument_slots(call);
  for (const ArgumentSlot& slot : slots) {
    const auto parameter =
        std::find_if(function.parameters.begin(), function.parameters.end(),
                     [&](const FunctionParameter& each) { return each.key == slot.key; });
    if (slot.value != nullptr || parameter == function.parameters.end()) continue;
    if (!parameter->required) continue;
    findings.push_back({"SW3103", call.offset,
                        fmt::format("`{}` is left out of `{}`", slot.key, function.name),
                        fmt::format("write {}", usage_of(function))});
    return;
  }
}

void check_count(const Expression& call, const FunctionSignature& function,
                 LintFindings& findings) {
  const std::size_t given = call.arguments.size();
  const ArgumentCount count = count_of(function);
  if (function.name == "Switch" && given > 2 && given % 2 != 0) {
    findings.push_back({"SW3108", call.offset,
                        "the last key of `Switch` has no value: keys and values come in pairs",
                        fmt::format("write {}", usage_of(function))});
    return;
  }
  if (given < count.least || (!count.variadic && given > count.most)) {
    findings.push_back(
        {"SW3103", call.offset,
         fmt::format("`{}` takes {}, found {}", function.name, described(count), given),
         fmt::format("write {}", usage_of(function))});
    return;
  }
  check_required(call, function, findings);
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
  check_count(call, function, findings);
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
