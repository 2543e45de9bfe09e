#include "syncwright/expression/evaluator.h"

#include <utility>

#include "evaluation.h"
#include "program.h"

namespace syncwright {

struct Evaluator::Program {
  ExpressionProgram compiled;
};

Evaluator::Evaluator(const Expression& expression, const EvaluationSettings& settings,
                     const EvaluationLimits& limits)
    : program_(
          std::make_shared<const Program>(Program{compile_program(expression, settings, limits)})) {
}

Outcome Evaluator::evaluate(const EvaluationInput& input) const {
  Evaluation evaluation(program_->compiled, input);
  Operand result = evaluation.evaluate(program_->compiled.root);
  return evaluation.outcome(std::move(result));
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

}  // namespace syncwright
