#include <fmt/format.h>

#include <optional>
#include <utility>

#include "expression/dates/date_time.h"
#include "expression/functions/argument_slot.h"
#include "expression/functions/letters.h"
#include "expression/functions/number.h"
#include "expression/lint/lint_rules.h"
#include "expression/literal.h"
#include "syncwright/expression/dotnet_regex.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/expression/quoted.h"
#include "syncwright/expression/regex_suspicion.h"

namespace syncwright {
namespace {

/// `&H` and more digits than fit: the parser takes any number of them.
bool is_oversized_hex(const Expression& expression) {
  const std::string& text = expression.text;
  return expression.kind == Expression::Kind::constant && expression.is_number &&
         hex_number_length(text) == text.size() && !parse_whole_number(text);
}

void check_hex(const Expression& constant, LintFindings& findings) {
  if (!is_oversized_hex(constant)) return;
  findings.push_back({"SW3104", constant.offset,
                      fmt::format("the number {} does not fit into 64 bits",
                                  quoted(std::string_view(constant.text))),
                      "write 16 hexadecimal digits at most"});
}

void check_integers(const Expression& call, LintFindings& findings) {
  for (const ArgumentSlot& slot : argument_slots(call)) {
    if (!slot.integer || slot.value == nullptr || is_oversized_hex(*slot.value)) continue;
    const Expression& value = *slot.value;
    const bool is_word = value.kind == Expression::Kind::keyword && !is_flow_word(value);
    if (value.kind != Expression::Kind::constant && !is_word) continue;
    if (parse_whole_number(value.text)) continue;
    findings.push_back(
        {"SW3104", value.offset,
         fmt::format("`{}` of `{}` must be a whole number, found {}", slot.key,
                     canonical_function_name(call.text), quoted(std::string_view(value.text))),
         "write digits, for example 1"});
  }
}

void check_index(const Expression& call, LintFindings& findings) {
  if (!is_call_of(call, "Item")) return;
  const auto text = written_text(argument_of(call, "index"));
  const auto index = text ? parse_whole_number(*text) : std::nullopt;
  if (!index || *index >= 1) return;
  findings.push_back({"SW3104", call.offset, fmt::format("`Item` counts from 1, found {}", *index),
                      "the first element is 1"});
}

void check_interval(const Expression& call, LintFindings& findings) {
  if (!is_call_of(call, "DateAdd") && !is_call_of(call, "DateDiff")) return;
  const Expression* interval = argument_of(call, "interval");
  const auto text = written_text(interval);
  if (!text || interval_between(*text, DateTime{}, DateTime{})) return;
  findings.push_back(
      {"SW3105", interval->offset,
       fmt::format("{} is no interval of `{}`", quoted(*text), canonical_function_name(call.text)),
       "known: yyyy, m (months), d, ww (weeks), h, n (minutes), s"});
}

void check_regex(const Expression& call, LintFindings& findings) {
  if (!is_call_of(call, "Replace")) return;
  const Expression* pattern = argument_of(call, "RegularExpression");
  if (pattern == nullptr || !is_filled_constant(*pattern)) return;
  const auto regex = DotnetRegex::compile(pattern->text);
  if (!regex) {
    findings.push_back(
        {"SW3106", pattern->offset, regex.error().message, std::string(regex.error().advice())});
    return;
  }
  for (RegexSuspicion& each : regex_suspicions(pattern->text)) {
    findings.push_back(
        {each.code, pattern->offset, std::move(each.message), std::move(each.advice)});
  }
  const Expression* group = argument_of(call, "RegularExpressionGroupName");
  if (group == nullptr || !is_filled_constant(*group) || regex->has_group(group->text)) return;
  const std::string name = shortened(group->text);
  findings.push_back({"SW3106", group->offset,
                      fmt::format("the regular expression has no group `{}`", name),
                      fmt::format("name it in the pattern: (?<{}>..)", name)});
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
  findings.push_back({"SW3136", constant.offset,
                      fmt::format("{} holds a letter that NormalizeDiacritics does not know",
                                  quoted(std::string_view(constant.text))),
                      "replace such letters yourself: Replace([x], \"\xC4\x91\", , , \"d\", , )"});
}

}  // namespace

void lint_constants(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    check_diacritics(node, findings);
    check_hex(*node.expression, findings);
    const Expression& call = *node.expression;
    if (!is_call(call) || find_function(call.text) == nullptr) continue;
    check_integers(call, findings);
    check_index(call, findings);
    check_interval(call, findings);
    check_regex(call, findings);
  }
}

}  // namespace syncwright
