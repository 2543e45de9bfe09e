#pragma once

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "syncwright/core/json.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/parser.h"

namespace syncwright::expression {

/// One line of a table that specifies a function.
struct EvaluatorCase {
  const char* expression;
  const char* attributes;  ///< a JSON object; "" for none
  const char* expected;    ///< as `shown` writes it
};

/// The outcome on one line: the text itself, `null`, a list as its JSON, `(attribute ignored)`,
/// `(object ignored)`, or `error at OFFSET: MESSAGE`.
inline std::string shown(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::value: {
      const Json json = to_json(outcome.value);
      return json.is_string() ? json.get<std::string>() : json.dump();
    }
    case Outcome::Kind::ignore_attribute:
      return "(attribute ignored)";
    case Outcome::Kind::ignore_object:
      return "(object ignored)";
    case Outcome::Kind::error:
      return "error at " + std::to_string(outcome.offset) + ": " + outcome.message;
  }
  return {};
}

inline Expression parsed_expression(std::string_view text) {
  auto expression = parse_expression(text);
  if (!expression) FAIL(text << ": " << expression.error().message);
  return std::move(*expression);
}

inline AttributeMap attributes_from(std::string_view json) {
  if (json.empty()) return {};
  const auto object = parse_json(json);
  if (!object) FAIL(json << ": " << object.error().message);
  auto attributes = AttributeMap::from_json(*object);
  if (!attributes) FAIL(attributes.error());
  return std::move(*attributes);
}

inline std::string evaluated(std::string_view expression, std::string_view attributes = {},
                             const EvaluationSettings& settings = {},
                             const EvaluationLimits& limits = {}) {
  const AttributeMap map = attributes_from(attributes);
  return shown(Evaluator(parsed_expression(expression), settings, limits)
                   .evaluate(EvaluationInput{.attributes = map}));
}

inline void check(std::initializer_list<EvaluatorCase> cases) {
  for (const EvaluatorCase& each : cases) {
    INFO(each.expression << " of " << each.attributes);
    CHECK(evaluated(each.expression, each.attributes) == each.expected);
  }
}

}  // namespace syncwright::expression
