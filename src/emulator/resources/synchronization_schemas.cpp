#include <string>
#include <string_view>
#include <utility>

#include "emulator/cycles/job_state.h"
#include "emulator/graph_error.h"
#include "emulator/resources/named_schema.h"
#include "emulator/resources/resources.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::emulator {

namespace {

Json function_on_wire(const expression::Function& signature) {
  Json parameters = Json::array();
  for (const expression::FunctionParameter& parameter : signature.parameters) {
    parameters.push_back({{"name", parameter.key},
                          {"type", parameter.is_integer() ? "Integer" : "String"},
                          {"required", parameter.required},
                          {"allowMultipleOccurrences", parameter.repeats}});
  }
  return {{"name", signature.name}, {"parameters", std::move(parameters)}};
}

Json operator_on_wire(const schema::FilterOperator& filter_operator) {
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

Reply get_schema(const Exchange& exchange) {
  if (std::optional<Reply> kept = kept_schema(exchange)) return *std::move(kept);
  const tl::expected<NamedSchema, Reply> schema = named_schema(exchange);
  if (!schema) return schema.error();
  Reply reply;
  reply.context = schema->path + "/$entity";
  reply.body = schema_on_wire(exchange, *schema);
  return reply;
}

Reply put_schema(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  tl::expected<Json, Reply> schema = written_schema(exchange, std::move(exchange.call.body));
  if (!schema) return schema.error();
  (*schema)["id"] = job->id;
  exchange.store.set_schema(job->id, *schema);
  begin_anew(exchange.store.jobs.edit(job->id));
  return no_content();
}

Reply reset_schema(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  exchange.store.set_schema(
      job->id, assumed_starting_schema(exchange, job->service_principal, job->template_id));
  begin_anew(exchange.store.jobs.edit(job->id));
  return no_content();
}

Reply lacks_this_verb(const Exchange& exchange) {
  return no_http_resource(exchange.call);
}

Reply list_mapping_functions(const Exchange& exchange) {
  if (auto refusal = refuse_unknown_schema(exchange)) return *refusal;
  Json values = Json::array();
  for (const expression::Function& signature : expression::function_table()) {
    values.push_back(function_on_wire(signature));
  }
  return collection("attributeMappingFunctionSchema", std::move(values));
}

Reply list_filter_operators(const Exchange& exchange) {
  if (auto refusal = refuse_unknown_schema(exchange)) return *refusal;
  Json values = Json::array();
  for (const schema::FilterOperator& filter_operator : schema::filter_operators()) {
    values.push_back(operator_on_wire(filter_operator));
  }
  return collection("filterOperatorSchema", std::move(values));
}

}  // namespace syncwright::emulator
