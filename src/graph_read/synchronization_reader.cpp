#include <algorithm>
#include <utility>

#include "graph_read/collection.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::graph_read {

namespace {

/// A live document of 2.3 MB is known (docs/graph.md#5.6).
constexpr std::size_t kMaxSchemaBytes = 64u << 20u;

Result<schema::SynchronizationSchema> schema_of(GraphConnection& connection,
                                                const std::string& owner_path,
                                                std::stop_token stop) {
  Result<std::string> text =
      connection.get_text(owner_path + "/schema", std::move(stop), kMaxSchemaBytes);
  if (!text) return fail(std::move(text).error());
  return schema::SynchronizationSchema::decode(std::move(*text));
}

}  // namespace

std::string GraphReader::synchronization_templates_path(const std::string& service_principal_id) {
  return synchronization_path(service_principal_id) + "/templates";
}

std::string GraphReader::jobs_path(const std::string& service_principal_id) {
  return synchronization_path(service_principal_id) + "/jobs";
}

std::string GraphReader::secrets_path(const std::string& service_principal_id) {
  return synchronization_path(service_principal_id) + "/secrets";
}

Result<std::vector<std::string>> GraphReader::synchronization_templates(
    const std::string& service_principal_id, std::stop_token stop) {
  const Result<std::vector<Json>> items =
      connection_.get_all(synchronization_templates_path(service_principal_id), std::move(stop));
  if (!items) return fail(items.error());
  return decode_synchronization_templates(*items);
}

Result<std::vector<model::LiveJob>> GraphReader::jobs(const std::string& service_principal_id,
                                                      std::stop_token stop) {
  auto jobs =
      read_collection(connection_, jobs_path(service_principal_id), decode_job, std::move(stop));
  if (!jobs) return jobs;
  std::sort(
      jobs->begin(), jobs->end(),
      [](const model::LiveJob& left, const model::LiveJob& right) { return left.id < right.id; });
  return jobs;
}

Result<std::optional<model::LiveJob>> GraphReader::job(const std::string& service_principal_id,
                                                       const std::string& job_id,
                                                       std::stop_token stop) {
  return decode_optional(connection_.get(job_path(service_principal_id, job_id), std::move(stop)),
                         decode_job);
}

Result<schema::SynchronizationSchema> GraphReader::schema(const std::string& service_principal_id,
                                                          const std::string& job_id,
                                                          std::stop_token stop) {
  return schema_of(connection_, job_path(service_principal_id, job_id), std::move(stop));
}

Result<schema::SynchronizationSchema> GraphReader::template_schema(
    const std::string& service_principal_id, const std::string& template_id, std::stop_token stop) {
  const std::string path =
      synchronization_path(service_principal_id) + object_path("templates", template_id);
  return schema_of(connection_, path, std::move(stop));
}

Result<expression::FunctionKeys> GraphReader::function_keys(const std::string& service_principal_id,
                                                            const std::string& job_id,
                                                            std::stop_token stop) {
  const Result<std::vector<Json>> items = connection_.get_all(
      job_path(service_principal_id, job_id) + "/schema/functions", std::move(stop));
  if (!items) return fail(items.error());
  expression::FunctionKeys keys;
  for (const Json& item : *items) {
    // Samples name a function by `name`, the metadata by `id` (docs/graph.md#10.2).
    expression::FunctionKeys::Keys& function =
        keys.functions[string_or(item, "name", string_or(item, "id"))];
    const Json& parameters = member_or_null(item, "parameters");
    for (std::size_t i = 0; parameters.is_array() && i < parameters.size(); ++i) {
      function.names.push_back(string_or(parameters[i], "name"));
      function.repeats = bool_or(parameters[i], "allowMultipleOccurrences", false);
    }
  }
  return keys;
}

Result<std::vector<model::LiveSecret>> GraphReader::secrets(const std::string& service_principal_id,
                                                            std::stop_token stop) {
  http::HttpRequest request;
  request.url = connection_.url(secrets_path(service_principal_id));
  request.confidential = true;
  const Result<http::HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = parse_answer(request, *response);
  if (!json) return fail(json.error());
  return decode_secrets(*json);
}

}  // namespace syncwright::graph_read
