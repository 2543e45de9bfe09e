#include "syncwright/graph_write/on_demand.h"

#include "graph_write/write_request.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/graph_error.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright {
namespace {

Json subject_json(const OnDemandSubject& subject) {
  Json json = {{"objectId", subject.object_id}, {"objectTypeName", subject.object_type}};
  if (subject.members.empty()) return json;
  Json members = Json::array();
  for (const std::string& member : subject.members) {
    members.push_back({{"objectId", member}, {"objectTypeName", subject.member_type}});
  }
  json["links"] = {{"members", std::move(members)}};
  return json;
}

}  // namespace

Result<OnDemandOutcome> provision_on_demand(GraphConnection& connection,
                                            const std::string& service_principal_id,
                                            const std::string& job_id, const std::string& rule_id,
                                            const OnDemandSubject& subject, std::stop_token stop) {
  Json parameter = Json::object();
  parameter["ruleId"] = rule_id;
  parameter["subjects"] = Json::array();
  parameter["subjects"].push_back(subject_json(subject));
  Json body = Json::object();
  body["parameters"] = Json::array();
  body["parameters"].push_back(std::move(parameter));
  HttpRequest request = write_request(connection, HttpMethod::post,
                                      job_path(service_principal_id, job_id) + "/provisionOnDemand",
                                      canonical_json(body));
  request.repeatable = Repeatable::when_throttled;
  const Result<HttpResponse> response = connection.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<OnDemandOutcome> outcome = decode_on_demand(*json);
  if (outcome) outcome->written = written_by(*response);
  return outcome;
}

}  // namespace syncwright
