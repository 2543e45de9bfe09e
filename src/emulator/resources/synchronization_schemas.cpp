#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/resources/resources.h"
#include "emulator/resources/schema_document.h"
#include "emulator/resources/synchronization_templates.h"
#include "syncwright/core/random.h"
#include "syncwright/expression/function_table.h"
#include "syncwright/schema/vocabulary.h"

namespace syncwright::emulator {

namespace {

/// An edit clears the watermark: the next cycle reads everything (docs/graph.md#13.18).
void begin_anew(Job& job) {
  job.initial = true;
  job.skipped.clear();
}

/// Annotations are no part of the document.
void drop_annotations(Json& schema) {
  for (auto item = schema.begin(); item != schema.end();) {
    item = item.key().find('@') == std::string::npos ? std::next(item) : schema.erase(item);
  }
}

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
  const std::string& id = exchange.call.parameters[1];
  const Job* job = exchange.job(exchange.call.parameters[0], id);
  if (!job) return resource_not_found(id);
  Reply reply;
  reply.context = fmt::format("servicePrincipals('{}')/synchronization/jobs('{}')/schema/$entity",
                              job->service_principal, id);
  reply.body = *schema_in_use(exchange.store, *job, exchange.gallery_entry(job->service_principal));
  reply.body["id"] = id;
  reply.body["directories@odata.context"] = fmt::format(
      "{}/{}/$metadata#servicePrincipals('{}')/synchronization/jobs('{}')/schema/"
      "directories",
      exchange.call.root, exchange.call.version, job->service_principal, id);
  return reply;
}

Reply put_schema(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  Json schema = exchange.call.body;
  if (!schema.is_object()) return gateway_refusal("The request body must hold a schema.");
  drop_annotations(schema);
  complete_schema(schema);
  const auto current =
      schema_in_use(exchange.store, *job, exchange.gallery_entry(job->service_principal));
  if (auto refusal = check_schema(schema, *current)) return *refusal;
  schema["id"] = job->id;
  schema["version"] =
      fmt::format("Date:{}, ActivityId:{}", format_rfc3339(exchange.call.now), random_uuid());
  exchange.store.set_schema(job->id, std::move(schema));
  begin_anew(exchange.store.jobs.edit(job->id));
  return no_content();
}

Reply reset_schema(const Exchange& exchange) {
  const Job* job = exchange.job_to_change();
  if (!job) return resource_not_found(exchange.call.parameters[1]);
  exchange.store.set_schema(job->id, nullptr);
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
