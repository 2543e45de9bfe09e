#include "syncwright/expression/evaluator.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "expression/evaluation.h"
#include "expression/functions/advice.h"
#include "expression/functions/letters.h"
#include "expression/program.h"

// The service evaluates in a place that nobody can look into. Where its documents leave something
// open, EvaluationSettings has a reading of it (docs/expressions.md#7), and `doubts` evaluates anew
// under the harsher one to warn of what may fail there. Nothing that the input says can make an
// evaluation long or large: it walks an immutable tree within bounds of steps and bytes, and time,
// random values and taken values come in from outside, so that the same input gives the same
// output. Were a branch that is not taken evaluated by mistake, a test would fail for users whom
// the service provisions.

namespace syncwright::expression {

namespace {

/// A second reading of the language, under which the service was seen to fail
/// (docs/expressions.md#7).
struct HarsherReading {
  bool EvaluationSettings::* setting;
  Code code;
  std::string_view message;
  std::string_view advice;
};

constexpr std::array kHarsherReadings = {
    HarsherReading{&EvaluationSettings::branches_are_eager, Code::SW3140,
                   "a branch that is not taken fails, and the service was seen to evaluate both",
                   advice::choose_argument},
    HarsherReading{&EvaluationSettings::several_roles_fail, Code::SW3141,
                   "the first of several roles is taken, and the service was seen to fail there",
                   advice::all_roles},
};

bool is_contested(const ExpressionProgram& program, bool EvaluationSettings::* setting) {
  return std::find(program.contested.begin(), program.contested.end(), setting) !=
         program.contested.end();
}

}  // namespace

struct Evaluator::Program {
  ExpressionProgram compiled;
};

Evaluator::Evaluator(const Expression& expression, const EvaluationSettings& settings,
                     const EvaluationLimits& limits)
    : program_(
          std::make_shared<const Program>(Program{compile_program(expression, settings, limits)})) {
}

Outcome Evaluator::evaluate(const EvaluationInput& input) const {
  Evaluation evaluation(program_->compiled, program_->compiled.settings, input);
  Operand result = evaluation.evaluate(program_->compiled.root);
  return evaluation.outcome(std::move(result));
}

std::vector<Doubt> Evaluator::doubts(const EvaluationInput& input) const {
  const ExpressionProgram& program = program_->compiled;
  FixedRandomSource random;
  const EvaluationInput same{.attributes = input.attributes,
                             .parameters = input.parameters,
                             .is_taken = input.is_taken,
                             .roles = input.roles,
                             .default_domain = input.default_domain,
                             .now = input.now,
                             .random = random};
  std::vector<Doubt> doubts;
  std::optional<Outcome> as_settled;
  for (const HarsherReading& reading : kHarsherReadings) {
    if (program.settings.*reading.setting || !is_contested(program, reading.setting)) continue;
    if (!as_settled) as_settled = evaluate(same);
    if (as_settled->kind == Outcome::Kind::error) return {};
    EvaluationSettings settings = program.settings;
    settings.*reading.setting = true;
    Evaluation evaluation(program, settings, same);
    Operand result = evaluation.evaluate(program.root);
    if (!evaluation.stopped() || !is_failure(evaluation.cause())) continue;
    Outcome outcome = evaluation.outcome(std::move(result));
    doubts.push_back({.code = reading.code,
                      .message = std::string(reading.message),
                      .failure = std::move(outcome.message),
                      .advice = std::string(reading.advice),
                      .offset = outcome.offset});
  }
  return doubts;
}

const std::vector<std::string>& Evaluator::attributes() const {
  return program_->compiled.attributes;
}

tl::expected<AttributeMap, std::string> AttributeMap::from_json(const Json& object) {
  if (!object.is_object()) {
    return tl::unexpected(std::string("attributes are a JSON object of names and values"));
  }
  AttributeMap attributes;
  for (const auto& [name, json] : object.items()) {
    auto value = value_from_json(json);
    if (!value) return tl::unexpected("attribute `" + name + "`: " + value.error());
    attributes.set(name, std::move(*value));
  }
  return attributes;
}

std::function<bool(std::string_view)> taken_values(const std::vector<std::string>& values) {
  if (values.empty()) return {};
  std::set<std::string> folded;
  for (const std::string& value : values) folded.insert(fold_case(value));
  return [folded = std::move(folded)](std::string_view value) {
    return folded.contains(fold_case(value));
  };
}

}  // namespace syncwright::expression
