#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "expression/dates/date_time.h"
#include "expression/functions/arguments.h"
#include "expression/functions/comparison.h"
#include "expression/functions/encodings.h"
#include "expression/lint/lint_rules.h"
#include "expression/literal.h"
#include "syncwright/expression/value.h"

namespace syncwright::expression {
namespace {

/// One argument of a call of a known function, and where findings about it go.
struct ArgumentUnderLint {
  const Expression& call;
  const Function& function;
  const ArgumentSlot& slot;
  LintFindings& findings;

  void refuse(std::string message, std::string advice, Code code = Code::SW3104) const {
    findings.push_back({code, slot.value->offset, std::move(message), std::move(advice)});
  }
  [[nodiscard]] std::optional<std::int64_t> number() const {
    const auto text = written_text(slot.value);
    return text ? parse_whole_number(*text) : std::nullopt;
  }
};

void check_integer(const ArgumentUnderLint& argument) {
  const Expression& value = *argument.slot.value;
  if (is_oversized_hex(value)) return;
  const bool is_word = value.kind == Expression::Kind::keyword && !is_flow_word(value);
  if (value.kind != Expression::Kind::constant && !is_word) return;
  if (parse_whole_number(value.text)) return;
  argument.refuse(
      fmt::format("`{}` of `{}` must be a whole number, found {}", argument.slot.key,
                  canonical_function_name(argument.call.text), quote(std::string_view(value.text))),
      "write digits, for example 1");
}

void check_least(const ArgumentUnderLint& argument) {
  const auto least = argument.slot.parameter->least;
  const auto number = argument.number();
  if (!least || !number || *number >= *least) return;
  argument.refuse(fmt::format("`{}` of `{}` is {}, the least is {}", argument.slot.key,
                              argument.function.name, *number, *least),
                  fmt::format("write {} or more", *least));
}

void check_index(const ArgumentUnderLint& argument) {
  const auto index = argument.number();
  if (!index || *index >= 1) return;
  argument.findings.push_back(
      {Code::SW3104, argument.call.offset,
       fmt::format("`{}` counts from 1, found {}", argument.function.name, *index),
       "the first element is 1"});
}

/// The most favourable date is taken: what cannot be added to it cannot be added to any other. An
/// unknown interval is a finding of its own.
void check_interval_count(const ArgumentUnderLint& argument) {
  const auto interval = written_text(argument_of(argument.call, ArgumentKind::interval));
  const auto amount = argument.number();
  if (!interval || !amount || !interval_between(*interval, DateTime{}, DateTime{})) return;
  const DateTime best = *amount < 0 ? DateTime{max_ticks} : DateTime{};
  if (const auto date = add_interval(*interval, *amount, best); !date) {
    argument.refuse(fmt::format("{} is too much to add: {}",
                                quote(*written_text(argument.slot.value)), date.error()),
                    "write a smaller number");
  }
}

void check_interval(const ArgumentUnderLint& argument, std::string_view text) {
  if (interval_between(text, DateTime{}, DateTime{})) return;
  argument.refuse(fmt::format("{} is no interval of `{}`", quote(text),
                              canonical_function_name(argument.call.text)),
                  "known: yyyy, m (months), d, ww (weeks), h, n (minutes), s", Code::SW3105);
}

/// A warning, since the service may read more forms than we do.
void check_date(const ArgumentUnderLint& argument, std::string_view text) {
  if (parse_date(text)) return;
  argument.refuse(fmt::format("`{}` of `{}` is {}, which is no date", argument.slot.key,
                              argument.function.name, quote(text)),
                  "write it as ISO 8601 does, for example \"2026-11-28\"", Code::SW3117);
}

void check_date_time_style(const ArgumentUnderLint& argument, std::string_view text) {
  if (const auto flags = parse_date_time_styles(text); !flags) {
    argument.refuse(fmt::format("{} {}", argument.slot.key, flags.error()),
                    "leave it empty, or write a name or number of .NET");
  }
}

void check_compare_type(const ArgumentUnderLint& argument, std::string_view text) {
  if (ignores_case(text)) return;
  argument.refuse(
      fmt::format("{} is no way to compare of `{}`", quote(text), argument.function.name),
      "write vbTextCompare or vbBinaryCompare");
}

void check_encoding(const ArgumentUnderLint& argument, std::string_view text) {
  if (encoding_named(text)) return;
  argument.refuse(fmt::format("{} is no encoding of `{}`", quote(text), argument.function.name),
                  "write Unicode, UTF8 or ASCII");
}

/// What is written as a constant or a word, as the argument's kind reads it.
void check_text(const ArgumentUnderLint& argument) {
  const auto text = written_text(argument.slot.value);
  if (!text) return;
  switch (argument.slot.parameter->kind) {
    case ArgumentKind::interval:
      return check_interval(argument, *text);
    case ArgumentKind::date:
      return check_date(argument, *text);
    case ArgumentKind::date_time_style:
      return check_date_time_style(argument, *text);
    case ArgumentKind::compare_type:
      return check_compare_type(argument, *text);
    case ArgumentKind::encoding:
      return check_encoding(argument, *text);
    case ArgumentKind::any:
    case ArgumentKind::integer:
    case ArgumentKind::interval_count:
    case ArgumentKind::element_index:
    case ArgumentKind::date_format:
    case ArgumentKind::regular_expression:
    case ArgumentKind::group_name:
      return;
  }
}

void check_number(const ArgumentUnderLint& argument) {
  check_integer(argument);
  check_least(argument);
  if (argument.slot.is(ArgumentKind::element_index)) check_index(argument);
  if (argument.slot.is(ArgumentKind::interval_count)) check_interval_count(argument);
}

void check_empty(const ArgumentUnderLint& argument) {
  const std::string_view advice = argument.slot.parameter->if_empty;
  if (advice.empty() || !is_empty_constant(*argument.slot.value)) return;
  argument.refuse(fmt::format("`{}` of `{}` is empty", argument.slot.key, argument.function.name),
                  std::string(advice));
}

/// Whether the arguments make one of the function's forms; a finding where they do not.
bool check_form(const Expression& call, const Function& function, LintFindings& findings) {
  if (function.fits_form == nullptr) return true;
  std::uint32_t given = 0;
  for (std::size_t at = 0; at < function.parameters.size(); ++at) {
    if (argument_at(call, at) != nullptr) given |= std::uint32_t{1} << at;
  }
  if (function.fits_form(given)) return true;
  findings.push_back({Code::SW3116, call.offset,
                      fmt::format("the arguments of `{}` fit no form", function.name),
                      std::string(function.forms)});
  return false;
}

/// The key of the parameter that takes words of this kind.
std::string_view key_of(ArgumentKind kind) {
  for (const Function& function : function_table()) {
    for (const FunctionParameter& parameter : function.parameters) {
      if (parameter.kind == kind) return parameter.key;
    }
  }
  return {};
}

bool is_argument_of_kind(const LintNode& node, ArgumentKind kind) {
  if (node.parent == nullptr || !is_call(*node.parent->expression)) return false;
  return argument_slots(*node.parent->expression).at(node.position).is(kind);
}

/// An argument that refuses the word has said so.
bool is_told_at(const LintFindings& findings, std::size_t offset) {
  return std::any_of(findings.begin(), findings.end(),
                     [offset](const LintFinding& each) { return each.offset == offset; });
}

}  // namespace

void lint_arguments(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    if (node.function == nullptr) continue;
    const bool fits = check_form(*node.expression, *node.function, findings);
    const std::vector<ArgumentSlot> slots = argument_slots(*node.expression);
    for (const ArgumentSlot& slot : slots) {
      if (slot.value == nullptr || slot.parameter == nullptr) continue;
      const ArgumentUnderLint argument{*node.expression, *node.function, slot, findings};
      if (slot.is_integer()) check_number(argument);
      check_text(argument);
      if (fits) check_empty(argument);
    }
  }
}

void lint_words(const LintSubject& subject, LintFindings& findings) {
  for (const LintNode& node : subject.nodes()) {
    const Expression& word = *node.expression;
    if (word.kind != Expression::Kind::keyword) continue;
    const ArgumentKind kind = kind_of_keyword(word.text);
    if (kind == ArgumentKind::any || is_argument_of_kind(node, kind)) continue;
    if (is_told_at(findings, word.offset)) continue;
    findings.push_back(
        {Code::SW3127, word.offset,
         fmt::format("`{}` is a word for `{}`, and stands elsewhere", word.text, key_of(kind)),
         fmt::format("where the text is meant write \"{}\"", word.text)});
  }
}

}  // namespace syncwright::expression
