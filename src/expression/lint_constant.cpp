#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "argument_slot.h"
#include "date_time.h"
#include "letters.h"
#include "lint_rules.h"
#include "number.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/regex_suspicion.h"

namespace syncwright {
namespace {

/// nullopt also where the argument is no constant.
std::optional<std::int64_t> constant_number(const Expression& call, std::string_view key) {
  const Expression* argument = argument_of(call, key);
  if (argument == nullptr || argument->kind != Expression::Kind::constant) return std::nullopt;
  return parse_whole_number(argument->text);
}

void check_integers(const Expression& call, LintFindings& findings) {
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (!slot.integer || slot.value == nullptr) continue;
    if (slot.value->kind != Expression::Kind::constant || parse_whole_number(slot.value->text))
      continue;
    findings.push_back({"SW3104", slot.value->offset,
                        fmt::format("`{}` of `{}` must be a whole number, found `{}`", slot.key,
                                    canonical_function_name(call.text), slot.value->text),
                        "write digits, for example 1"});
  }
}

void check_ranges(const Expression& call, LintFindings& findings) {
  const auto refuse = [&](std::string message, std::string advice) {
    findings.push_back({"SW3104", call.offset, std::move(message), std::move(advice)});
  };
  if (is_call_of(call, "Item")) {
    const auto index = constant_number(call, "index");
    if (index && *index < 1) {
      refuse(fmt::format("`Item` counts from 1, found {}", *index), "the first element is 1");
    }
  }
  if (!is_call_of(call, "RandomString")) return;
  const auto length = constant_number(call, "length");
  if (!length) return;
  if (*length > 256 || *length < 1) {
    refuse(fmt::format("`RandomString` makes 1 to 256 characters, found {}", *length),
           "write a smaller length");
    return;
  }
  std::int64_t least = 0;
  for (const char* key :
       {"minimumNumbers", "minimumSpecialCharacters", "minimumCapital", "minimumLowerCase"}) {
    least += std::clamp<std::int64_t>(constant_number(call, key).value_or(0), 0, 1'000'000);
  }
  if (least <= *length) return;
  refuse(fmt::format("the smallest numbers of `RandomString` add up to {}, more than its length {}",
                     least, *length),
         "write a greater length or smaller numbers");
}

void check_interval(const Expression& call, LintFindings& findings) {
  if (!is_call_of(call, "DateAdd") && !is_call_of(call, "DateDiff")) return;
  const Expression* interval = argument_of(call, "interval");
  if (interval == nullptr || interval->kind != Expression::Kind::constant) return;
  if (interval_between(interval->text, DateTime{}, DateTime{})) return;
  findings.push_back({"SW3105", interval->offset,
                      fmt::format("`{}` is no interval of `{}`", interval->text,
                                  canonical_function_name(call.text)),
                      "known: yyyy, m (months), d, ww (weeks), h, n (minutes), s"});
}

void check_regex(const Expression& call, LintFindings& findings) {
  if (!is_call_of(call, "Replace")) return;
  const Expression* pattern = argument_of(call, "RegularExpression");
  if (pattern == nullptr || !is_filled_constant(*pattern)) return;
  const auto regex = DotnetRegex::compile(pattern->text);
  if (!regex) {
    findings.push_back(
        {"SW3106", pattern->offset, regex.error(), "write it in the dialect of .NET"});
    return;
  }
  for (RegexSuspicion& each : regex_suspicions(pattern->text)) {
    findings.push_back(
        {each.code, pattern->offset, std::move(each.message), std::move(each.advice)});
  }
  const Expression* group = argument_of(call, "RegularExpressionGroupName");
  if (group == nullptr || !is_filled_constant(*group) || regex->has_group(group->text)) return;
  findings.push_back({"SW3106", group->offset,
                      fmt::format("the regular expression has no group `{}`", group->text),
                      fmt::format("name it in the pattern: (?<{}>..)", group->text)});
}

/// A constant's way up to NormalizeDiacritics, through whatever puts texts together.
bool is_normalized(const LintNode& node) {
  for (const LintNode* up = node.parent; up != nullptr; up = up->parent) {
    if (is_call_of(*up->expression, "NormalizeDiacritics")) return true;
  }
  return false;
}

void check_diacritics(const LintNode& node, LintFindings& findings) {
  const Expression& constant = *node.expression;
  if (!is_filled_constant(constant) || !has_unknown_diacritics(constant.text)) return;
  if (!is_normalized(node)) return;
  findings.push_back(
      {"SW3136", constant.offset,
       fmt::format("`{}` holds a letter that NormalizeDiacritics does not know", constant.text),
       "replace such letters yourself: Replace([x], \"\xC4\x91\", , , \"d\", , )"});
}

}  // namespace

void lint_constants(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    check_diacritics(node, findings);
    const Expression& call = *node.expression;
    if (!is_call(call) || find_function(call.text) == nullptr) continue;
    check_integers(call, findings);
    check_ranges(call, findings);
    check_interval(call, findings);
    check_regex(call, findings);
  }
}

}  // namespace syncwright
