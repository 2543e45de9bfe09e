#include "syncwright/graph_write/graph_writer.h"

#include <utility>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright::graph_write {

namespace {

/// Both halves of the answer (docs/graph.md#5.1); their ids are what a later run could not find
/// again.
Result<GraphWriter::Instantiated> decode_instantiated(const Json& json) {
  Result<model::LiveReference> application =
      graph_read::decode_application(member_or_null(json, "application"));
  if (!application) return fail(application.error());
  const Result<graph_read::GraphReader::ServicePrincipal> principal =
      graph_read::decode_service_principal(member_or_null(json, "servicePrincipal"));
  if (!principal) return fail(principal.error());
  GraphWriter::Instantiated instantiated;
  instantiated.reference = std::move(*application);
  instantiated.reference.service_principal_id = principal->reference.service_principal_id;
  instantiated.tags = principal->tags;
  return instantiated;
}

/// A write whose content was decided on a read: who holds the name, what it was, which tags there
/// are.
Result<Written> patch(graph_read::GraphConnection& connection, const std::string& path,
                      const Json& body, std::stop_token stop) {
  http::HttpRequest request =
      write_request(connection, http::HttpMethod::patch, path, canonical_json(body));
  request.repeatable = http::Repeatable::from_read;
  return send_write(connection, std::move(request), std::move(stop));
}

}  // namespace

Result<GraphWriter::Instantiated> GraphWriter::instantiate(const std::string& template_id,
                                                           const std::string& display_name,
                                                           std::stop_token stop) {
  http::HttpRequest request =
      write_request(connection_, http::HttpMethod::post,
                    graph_read::object_path("applicationTemplates", template_id) + "/instantiate",
                    canonical_json({{"displayName", display_name}}));
  request.repeatable = http::Repeatable::no;
  const Result<http::HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = graph_read::parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<Instantiated> instantiated = decode_instantiated(*json);
  if (instantiated) instantiated->written = receipt_of(*response);
  return instantiated;
}

Result<Written> GraphWriter::claim_application(const std::string& application_id,
                                               const std::string& unique_name,
                                               const std::string& display_name,
                                               std::stop_token stop) {
  return patch(connection_, graph_read::object_path("applications", application_id),
               {{"uniqueName", unique_name}, {"displayName", display_name}}, std::move(stop));
}

Result<Written> GraphWriter::rename_application(const std::string& application_id,
                                                const std::string& display_name,
                                                std::stop_token stop) {
  return patch(connection_, graph_read::object_path("applications", application_id),
               {{"displayName", display_name}}, std::move(stop));
}

Result<Written> GraphWriter::delete_application(const std::string& application_id,
                                                std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, http::HttpMethod::del,
                                  graph_read::object_path("applications", application_id)),
                    std::move(stop));
}

Result<Written> GraphWriter::update_service_principal(
    const std::string& service_principal_id, const std::vector<std::string>& tags,
    const std::optional<model::PrincipalTexts>& texts, std::stop_token stop) {
  Json body = {{"tags", tags}};
  if (texts) body.update(Json(*texts));
  return patch(connection_, graph_read::object_path("servicePrincipals", service_principal_id),
               body, std::move(stop));
}

Result<std::pair<model::LiveJob, Written>> GraphWriter::create_job(
    const std::string& service_principal_id, const std::string& template_id, std::stop_token stop) {
  http::HttpRequest request =
      write_request(connection_, http::HttpMethod::post,
                    graph_read::synchronization_path(service_principal_id) + "/jobs",
                    canonical_json({{"templateId", template_id}}));
  request.repeatable = http::Repeatable::no;
  const Result<http::HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = graph_read::parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<model::LiveJob> job = graph_read::decode_job(*json);
  if (!job) return fail(std::move(job).error());
  return std::pair{std::move(*job), receipt_of(*response)};
}

Result<Written> GraphWriter::start_job(const std::string& service_principal_id,
                                       const std::string& job_id, std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, http::HttpMethod::post,
                                  graph_read::job_path(service_principal_id, job_id) + "/start"),
                    std::move(stop));
}

Result<Written> GraphWriter::pause_job(const std::string& service_principal_id,
                                       const std::string& job_id, std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, http::HttpMethod::post,
                                  graph_read::job_path(service_principal_id, job_id) + "/pause"),
                    std::move(stop));
}

Result<Written> GraphWriter::restart_job(const std::string& service_principal_id,
                                         const std::string& job_id, const std::string& reset_scope,
                                         std::stop_token stop) {
  const Json body = {{"criteria", {{"resetScope", reset_scope}}}};
  return send_write(connection_,
                    write_request(connection_, http::HttpMethod::post,
                                  graph_read::job_path(service_principal_id, job_id) + "/restart",
                                  canonical_json(body)),
                    std::move(stop));
}

Result<Written> GraphWriter::delete_job(const std::string& service_principal_id,
                                        const std::string& job_id, std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, http::HttpMethod::del,
                                  graph_read::job_path(service_principal_id, job_id)),
                    std::move(stop));
}

Result<Written> GraphWriter::put_schema(const std::string& service_principal_id,
                                        const std::string& job_id, const std::string& document,
                                        std::stop_token stop) {
  http::HttpRequest request =
      write_request(connection_, http::HttpMethod::put,
                    graph_read::job_path(service_principal_id, job_id) + "/schema", document);
  request.repeatable = http::Repeatable::from_read;
  return send_write(connection_, std::move(request), std::move(stop));
}

Result<Written> GraphWriter::add_assignment(const std::string& service_principal_id,
                                            const std::string& principal_id,
                                            const std::string& app_role_id, std::stop_token stop) {
  const Json body = {{"principalId", principal_id},
                     {"resourceId", service_principal_id},
                     {"appRoleId", app_role_id}};
  http::HttpRequest request = write_request(
      connection_, http::HttpMethod::post,
      graph_read::object_path("servicePrincipals", service_principal_id) + "/appRoleAssignedTo",
      canonical_json(body));
  request.repeatable = http::Repeatable::no;
  return send_write(connection_, std::move(request), std::move(stop));
}

Result<Written> GraphWriter::remove_assignment(const std::string& service_principal_id,
                                               const std::string& assignment_id,
                                               std::stop_token stop) {
  const std::string path = graph_read::object_path("servicePrincipals", service_principal_id) +
                           graph_read::object_path("appRoleAssignedTo", assignment_id);
  return send_write(connection_, write_request(connection_, http::HttpMethod::del, path),
                    std::move(stop));
}

}  // namespace syncwright::graph_write
