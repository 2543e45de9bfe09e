#include <string>
#include <string_view>
#include <utility>

#include "emulator/resources/resources.h"
#include "emulator/resources/templates.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::emulator {

namespace {

Json function_on_wire(const FunctionSignature& signature) {
  Json parameters = Json::array();
  for (const FunctionParameter& parameter : signature.parameters) {
    parameters.push_back({{"name", parameter.key},
                          {"type", parameter.is_integer() ? "Integer" : "String"},
                          {"required", parameter.required},
                          {"allowMultipleOccurrences", parameter.repeats}});
  }
  return {{"name", signature.name}, {"parameters", std::move(parameters)}};
}

Json operator_on_wire(const FilterOperator& filter_operator) {
  Json types = Json::array();
  for (const std::string_view type : filter_operator.types) {
    if (!type.empty()) types.push_back(type);
  }
  return {{"name", filter_operator.name},
          {"arity", filter_operator.values == 0 ? "Unary" : "Binary"},
          {"multivaluedComparisonType", "All"},
          {"supportedAttributeTypes", std::move(types)}};
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
