#include <string>
#include <string_view>
#include <utility>

#include "resources.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/provisioning/scoping_filter.h"
#include "templates.h"

namespace syncwright::emulator {

namespace {

Json function_on_wire(const FunctionSignature& signature) {
  Json parameters = Json::array();
  for (const FunctionParameter& parameter : signature.parameters) {
    parameters.push_back({{"name", parameter.key},
                          {"type", parameter.integer ? "Integer" : "String"},
                          {"required", parameter.required},
                          {"allowMultipleOccurrences", parameter.repeats}});
  }
  return {{"name", signature.name}, {"parameters", std::move(parameters)}};
}

/// The types of API.md 9.3, by operator; what the table does not tell is of texts.
Json supported_types(const FilterOperator& filter_operator) {
  const std::string_view name = filter_operator.name;
  if (filter_operator.integers) return {"Integer"};
  if (name == "IS TRUE" || name == "IS FALSE") return {"Boolean"};
  if (filter_operator.unary) return {"Binary", "Boolean", "Integer", "String"};
  if (name == "ENDS_WITH" || name == "Includes") return {"String"};
  return {"Integer", "String"};
}

Json operator_on_wire(const FilterOperator& filter_operator) {
  return {{"name", filter_operator.name},
          {"arity", filter_operator.unary ? "Unary" : "Binary"},
          {"multivaluedComparisonType", "All"},
          {"supportedAttributeTypes", supported_types(filter_operator)}};
}

Reply collection(const char* type, Json values) {
  Reply reply;
  reply.context = std::string("Collection(microsoft.graph.") + type + ")";
  reply.body = {{"value", std::move(values)}};
  return reply;
}

}  // namespace

Reply list_mapping_functions(const Exchange& exchange) {
  if (auto refusal = refuse_unknown_schema(exchange)) return *refusal;
  Json values = Json::array();
  for (const FunctionSignature& signature : function_table()) {
    values.push_back(function_on_wire(signature));
  }
  return collection("attributeMappingFunctionSchema", std::move(values));
}

Reply list_filter_operators(const Exchange& exchange) {
  if (auto refusal = refuse_unknown_schema(exchange)) return *refusal;
  Json values = Json::array();
  for (const FilterOperator& filter_operator : filter_operators()) {
    values.push_back(operator_on_wire(filter_operator));
  }
  return collection("filterOperatorSchema", std::move(values));
}

}  // namespace syncwright::emulator
