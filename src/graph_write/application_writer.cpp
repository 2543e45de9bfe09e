#include <utility>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright {
namespace {

/// Both halves of the answer (docs/graph.md#5.1); their ids are what a later run could not find
/// again.
Result<GraphWriter::Instantiated> decode_instantiated(const Json& json) {
  Result<LiveReference> application = decode_application(member_or_null(json, "application"));
  if (!application) return fail(application.error());
  const Result<GraphReader::ServicePrincipal> principal =
      decode_service_principal(member_or_null(json, "servicePrincipal"));
  if (!principal) return fail(principal.error());
  GraphWriter::Instantiated instantiated;
  instantiated.reference = std::move(*application);
  instantiated.reference.service_principal_id = principal->reference.service_principal_id;
  instantiated.tags = principal->tags;
  return instantiated;
}

/// What it says was decided on a read: who holds the name, what it was, which tags there are.
Result<Written> patch(GraphConnection& connection, const std::string& path, const Json& body,
                      std::stop_token stop) {
  HttpRequest request = write_request(connection, HttpMethod::patch, path, canonical_json(body));
  request.repeatable = Repeatable::from_read;
  return send_write(connection, std::move(request), std::move(stop));
}

}  // namespace

Result<GraphWriter::Instantiated> GraphWriter::instantiate(const std::string& template_id,
                                                           const std::string& display_name,
                                                           std::stop_token stop) {
  HttpRequest request =
      write_request(connection_, HttpMethod::post,
                    object_path("applicationTemplates", template_id) + "/instantiate",
                    canonical_json({{"displayName", display_name}}));
  request.repeatable = Repeatable::no;
  const Result<HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<Instantiated> instantiated = decode_instantiated(*json);
  if (instantiated) instantiated->written = written_by(*response);
  return instantiated;
}

Result<Written> GraphWriter::claim_application(const std::string& application_id,
                                               const std::string& unique_name,
                                               const std::string& display_name,
                                               std::stop_token stop) {
  return patch(connection_, object_path("applications", application_id),
               {{"uniqueName", unique_name}, {"displayName", display_name}}, std::move(stop));
}

Result<Written> GraphWriter::rename_application(const std::string& application_id,
                                                const std::string& display_name,
                                                std::stop_token stop) {
  return patch(connection_, object_path("applications", application_id),
               {{"displayName", display_name}}, std::move(stop));
}

Result<Written> GraphWriter::delete_application(const std::string& application_id,
                                                std::stop_token stop) {
  return send_write(
      connection_,
      write_request(connection_, HttpMethod::del, object_path("applications", application_id)),
      std::move(stop));
}

Result<Written> GraphWriter::update_service_principal(const std::string& service_principal_id,
                                                      const std::vector<std::string>& tags,
                                                      const std::optional<PrincipalTexts>& texts,
                                                      std::stop_token stop) {
  Json body = {{"tags", tags}};
  if (texts) body.update(Json(*texts));
  return patch(connection_, object_path("servicePrincipals", service_principal_id), body,
               std::move(stop));
}

}  // namespace syncwright
