#include <fmt/format.h>

#include <string>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/named_schema.h"
#include "emulator/resources/resources.h"
#include "syncwright/expression/evaluator.h"
#include "syncwright/expression/parser.h"
#include "syncwright/expression/source_tree.h"

namespace syncwright::emulator {

namespace {

/// [G] Neither the codes nor whether an evaluation that fails fills `error` is recorded
/// (docs/graph.md#13.51).
Json assumed_public_error(const char* code, const std::string& message, const std::string& detail,
                          std::size_t offset) {
  Json details = Json::array();
  if (!detail.empty())
    details.push_back({{"code", code}, {"message", detail}, {"target", nullptr}});
  return {{"code", code},
          {"message", message},
          {"target", fmt::format("offset {}", offset)},
          {"details", std::move(details)},
          {"innerError", nullptr}};
}

/// The pairs of an expressionInputObject; `value` arrives as a dynamic property
/// (docs/graph.md#10.2).
tl::expected<expression::AttributeMap, std::string> read_attributes(const Json& input) {
  expression::AttributeMap attributes;
  for (const Json& pair : list_or_empty(input, "properties")) {
    const std::string key = string_or(pair, "key");
    if (key.empty())
      return tl::unexpected(std::string("A property of testInputObject has no key."));
    tl::expected<expression::Value, std::string> value =
        expression::value_from_json(member_or_null(pair, "value"));
    if (!value) return tl::unexpected(fmt::format("The property '{}': {}.", key, value.error()));
    attributes.set(key, std::move(*value));
  }
  return attributes;
}

Json result_texts(const expression::Value& value) {
  Json json = to_json(value);
  if (json.is_null()) return Json::array();
  return json.is_array() ? json : Json::array({std::move(json)});
}

void evaluate(const Exchange& exchange, const expression::Expression& expression,
              const expression::AttributeMap& attributes, Json& answer) {
  const expression::EvaluationInput input{.attributes = attributes,
                                          .parameters = nullptr,
                                          .is_taken = {},
                                          .roles = {},
                                          .default_domain = exchange.store.default_domain,
                                          .now = exchange.call.now,
                                          .random = random_source_of(exchange.options)};
  const expression::Outcome outcome = expression::Evaluator(expression).evaluate(input);
  answer["evaluationSucceeded"] = outcome.kind != expression::Outcome::Kind::error;
  switch (outcome.kind) {
    case expression::Outcome::Kind::value:
      answer["evaluationResult"] = result_texts(outcome.value);
      break;
    case expression::Outcome::Kind::ignore_attribute:
    case expression::Outcome::Kind::ignore_object:
      break;
    case expression::Outcome::Kind::error:
      answer["error"] =
          assumed_public_error("EvaluationError", outcome.message, {}, outcome.offset);
      break;
  }
}

}  // namespace

Reply parse_mapping_expression(const Exchange& exchange) {
  if (auto refusal = refuse_unknown_schema(exchange)) return *refusal;
  const Json& text = member_or_null(exchange.call.body, "expression");
  if (!text.is_string()) return bad_request("The parameter 'expression' must be a string.");
  const Json& input = member_or_null(exchange.call.body, "testInputObject");
  const tl::expected<expression::AttributeMap, std::string> attributes = read_attributes(input);
  if (!attributes) return bad_request(attributes.error());

  Reply reply;
  reply.context = "microsoft.graph.parseExpressionResponse";
  reply.body = {{"error", nullptr},
                {"evaluationResult", Json::array()},
                {"evaluationSucceeded", false},
                {"parsedExpression", nullptr},
                {"parsingSucceeded", false}};
  const auto parsed = expression::parse_expression(text.get_ref<const std::string&>());
  if (!parsed) {
    const expression::ExpressionError& error = parsed.error();
    reply.body["error"] =
        assumed_public_error("ParseError", error.message, error.advice, error.offset);
    return reply;
  }
  reply.body["parsingSucceeded"] = true;
  reply.body["parsedExpression"] = expression::to_source_tree(*parsed);
  if (input.is_object()) evaluate(exchange, *parsed, *attributes, reply.body);
  return reply;
}

}  // namespace syncwright::emulator
