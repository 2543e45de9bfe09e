#include <utility>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright {

Result<std::pair<LiveJob, Written>> GraphWriter::create_job(const std::string& service_principal_id,
                                                            const std::string& template_id,
                                                            std::stop_token stop) {
  HttpRequest request = write_request(connection_, HttpMethod::post,
                                      synchronization_path(service_principal_id) + "/jobs",
                                      canonical_json({{"templateId", template_id}}));
  request.repeatable = Repeatable::no;
  const Result<HttpResponse> response = connection_.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<LiveJob> job = decode_job(*json);
  if (!job) return fail(std::move(job).error());
  return std::pair{std::move(*job), written_by(*response)};
}

Result<Written> GraphWriter::start_job(const std::string& service_principal_id,
                                       const std::string& job_id, std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, HttpMethod::post,
                                  job_path(service_principal_id, job_id) + "/start"),
                    std::move(stop));
}

Result<Written> GraphWriter::pause_job(const std::string& service_principal_id,
                                       const std::string& job_id, std::stop_token stop) {
  return send_write(connection_,
                    write_request(connection_, HttpMethod::post,
                                  job_path(service_principal_id, job_id) + "/pause"),
                    std::move(stop));
}

Result<Written> GraphWriter::restart_job(const std::string& service_principal_id,
                                         const std::string& job_id, const std::string& reset_scope,
                                         std::stop_token stop) {
  const Json body = {{"criteria", {{"resetScope", reset_scope}}}};
  return send_write(
      connection_,
      write_request(connection_, HttpMethod::post,
                    job_path(service_principal_id, job_id) + "/restart", canonical_json(body)),
      std::move(stop));
}

Result<Written> GraphWriter::delete_job(const std::string& service_principal_id,
                                        const std::string& job_id, std::stop_token stop) {
  return send_write(
      connection_,
      write_request(connection_, HttpMethod::del, job_path(service_principal_id, job_id)),
      std::move(stop));
}

Result<Written> GraphWriter::put_schema(const std::string& service_principal_id,
                                        const std::string& job_id, const std::string& document,
                                        std::stop_token stop) {
  HttpRequest request = write_request(connection_, HttpMethod::put,
                                      job_path(service_principal_id, job_id) + "/schema", document);
  request.repeatable = Repeatable::from_read;
  return send_write(connection_, std::move(request), std::move(stop));
}

}  // namespace syncwright
