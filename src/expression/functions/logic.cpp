#include <fmt/format.h>

#include <array>

#include "expression/functions/advice.h"
#include "expression/functions/call.h"
#include "expression/functions/comparison.h"
#include "expression/functions/function_groups.h"
#include "expression/literal.h"
#include "syncwright/core/ascii.h"

namespace syncwright::expression {
namespace {

Operand bit_and(Call& call) {
  const std::int64_t left = call.integer(0);
  return Value(left & call.integer(1));
}

/// What a value says as a condition: True and False, and numbers by not being zero; nullopt where
/// it is neither.
std::optional<bool> truth(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number != 0;
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return std::nullopt;
  if (ascii::equal_ignoring_case(*text, "True")) return true;
  if (ascii::equal_ignoring_case(*text, "False")) return false;
  const auto to_zero = compare_numbers(*text, "0");
  return to_zero ? std::optional(*to_zero != 0) : std::nullopt;
}

Operand to_bool(Call& call) {
  return Value(truth(call.value(0).value()).value_or(false));
}

bool condition(Call& call) {
  const Operand operand = call.value(0);
  if (call.stopped()) return false;
  const auto result = truth(operand.value());
  if (result) return *result;
  const bool absent = is_null_or_empty(operand.value());
  if (!absent || call.settings().null_comparison_fails) {
    call.fail(fmt::format("the condition is {}, True or False is needed{}", quote(operand.value()),
                          absent ? "; an absent value fails, use Switch" : ""));
  }
  return false;
}

/// Only the branch that is taken counts; the other is evaluated as well, for its faults, where the
/// settings say so.
Operand immediate_if(Call& call) {
  const std::size_t taken = condition(call) ? 1 : 2;
  if (call.settings().branches_are_eager) call.value_untaken(taken == 1 ? 2 : 1);
  return call.value(taken);
}

constexpr std::size_t kDefaultValue = 1;

/// Where the value of the first key that equals the source stands, else the default. null is "" on
/// both sides (docs/expressions.md#2, #3.3).
std::size_t chosen_value(Call& call) {
  const Text source = call.text(0);
  for (std::size_t key = 2; key + 1 < call.count() && !call.stopped(); key += 2) {
    const Operand operand = call.value(key);
    if (std::string_view(ValueText(operand.value())) == std::string_view(source)) return key + 1;
  }
  return kDefaultValue;
}

/// The keys up to the chosen one were asked.
bool is_key_asked(std::size_t at, std::size_t taken) {
  return at % 2 == 0 && (taken == kDefaultValue || at < taken);
}

/// As with IIF.
Operand choose(Call& call) {
  const std::size_t taken = chosen_value(call);
  if (call.settings().branches_are_eager) {
    for (std::size_t at = kDefaultValue; at < call.count(); ++at) {
      if (at != taken && !is_key_asked(at, taken)) call.value_untaken(at);
    }
  }
  return call.value(taken);
}

Operand coalesce(Call& call) {
  const bool skips_empty = call.settings().coalesce_skips_empty;
  Operand last;
  for (std::size_t at = 0; at < call.count() && !call.stopped(); ++at) {
    last = call.value(at);
    const bool passed_over = skips_empty ? is_null_or_empty(last.value()) : last.is_null();
    if (!passed_over) return last;
  }
  return last;
}

Operand negate(Call& call) {
  return Value(!ascii::equal_ignoring_case(call.text(0), "True"));
}

Operand is_absent(Call& call) {
  return Value(call.value(0).is_null());
}

Operand is_empty(Call& call) {
  return Value(is_null_or_empty(call.value(0).value()));
}

Operand is_present(Call& call) {
  return Value(!is_null_or_empty(call.value(0).value()));
}

Operand is_string(Call& call) {
  return Value(!call.value(0).is_null());
}

constexpr std::array kLogicFunctions = {
    Function{.name = "BitAnd",
             .parameters = {required("left", ArgumentKind::integer),
                            required("right", ArgumentKind::integer)},
             .proven_keys = true,
             .body = bit_and},
    Function{.name = "CBool",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = to_bool,
             .null_handling = NullHandling::fails},
    // The default value is only the last of the sources: no position tells it apart.
    Function{.name = "Coalesce",
             .parameters = {as_result(repeated("source"))},
             .body = coalesce,
             .at_least = 1,
             .usage = "first, second, ..",
             .null_handling = NullHandling::goes_on,
             .always_evaluated = 1},
    Function{.name = "IIF",
             .parameters = {{.key = "one", .operator_key = "two", .right_key = "three"},
                            as_result(optional("four")),
                            as_result(optional("five"))},
             .proven_keys = true,
             .body = immediate_if,
             .at_least = 2,
             .usage = "condition, then, else",
             .null_handling = NullHandling::fails,
             .always_evaluated = 1,
             .contested = &EvaluationSettings::branches_are_eager},
    Function{.name = "IsNothing",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = is_absent,
             .null_handling = NullHandling::is_tested},
    Function{.name = "IsNull",
             .parameters = {required("expression")},
             .body = is_absent,
             .null_handling = NullHandling::is_tested},
    Function{.name = "IsNullOrEmpty",
             .parameters = {required("expression")},
             .body = is_empty,
             .null_handling = NullHandling::is_tested},
    Function{.name = "IsPresent",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = is_present,
             .null_handling = NullHandling::is_tested},
    Function{.name = "IsString", .parameters = {required("expression")}, .body = is_string},
    Function{
        .name = "Not", .parameters = {required("source")}, .proven_keys = true, .body = negate},
    Function{.name = "Switch",
             .parameters = {required("source"), as_result(optional("defaultValue")),
                            as_result(repeated("switchValue"))},
             .proven_keys = true,
             .body = choose,
             .at_least = 4,
             .usage = "source, default, key, value, ..",
             .pairs = true,
             .null_handling = NullHandling::equals_empty,
             .always_evaluated = 1,
             .contested = &EvaluationSettings::branches_are_eager}};

constexpr std::string_view kIif = "write IIF(condition, then, else)";
constexpr std::string_view kSwitch = "write Switch(source, default, key, value, ..)";
constexpr std::string_view kEmpty = "write IsNullOrEmpty(expression)";
constexpr std::string_view kFirstThere = "write Coalesce(first, second, ..)";

constexpr std::array kForeignLogicFunctions = {
    ForeignFunction{"And", advice::nest_conditions},
    ForeignFunction{"Case", kSwitch},
    ForeignFunction{"Choose", kSwitch},
    ForeignFunction{"If", kIif},
    ForeignFunction{"IfNull", kFirstThere},
    ForeignFunction{"IsBlank", kEmpty},
    ForeignFunction{"IsEmpty", kEmpty},
    ForeignFunction{"IsNullOrWhiteSpace", kEmpty},
    ForeignFunction{"Or", advice::nest_conditions},
};

}  // namespace

FunctionGroup logic_functions() {
  return {.functions = kLogicFunctions, .foreign = kForeignLogicFunctions};
}

}  // namespace syncwright::expression
