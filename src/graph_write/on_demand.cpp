#include "syncwright/graph_write/on_demand.h"

#include <algorithm>
#include <optional>

#include "graph_write/write_request.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/graph_error.h"
#include "syncwright/graph_read/graph_path.h"

namespace syncwright::graph_write {

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

Result<OnDemandOutcome> provision_on_demand(graph_read::GraphConnection& connection,
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
  http::HttpRequest request =
      write_request(connection, http::HttpMethod::post,
                    graph_read::job_path(service_principal_id, job_id) + "/provisionOnDemand",
                    canonical_json(body));
  request.repeatable = http::Repeatable::when_throttled;
  const Result<http::HttpResponse> response = connection.send(request, std::move(stop));
  if (!response) return fail(response.error());
  const Result<Json> json = graph_read::parse_answer(request, *response);
  if (!json) return fail(json.error());
  Result<OnDemandOutcome> outcome = decode_on_demand(*json);
  if (outcome) outcome->written = receipt_of(*response);
  return outcome;
}

namespace {

constexpr std::size_t kMaxSteps = 200;
constexpr std::size_t kMaxEntries = 500;  ///< details of a step, changes

std::string lower_camel(std::string word) {
  if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z') {
    word[0] = static_cast<char>(word[0] - 'A' + 'a');
  }
  return word;
}

/// Any JSON as a text: texts stay as they are, and null is empty.
std::string words(const Json& value) {
  if (value.is_null()) return {};
  return graph_read::plain_text(value.is_string() ? value.get<std::string>()
                                                  : canonical_json(value));
}

/// The first of the members that says something: samples differ in their names.
std::string first_of(const Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const Json& member = member_or_null(object, key);
    if (member.is_structured() && member.empty()) continue;
    std::string text = words(member);
    if (!text.empty()) return text;
  }
  return {};
}

/// A member that is a JSON document in a string, or one already.
std::optional<Json> document(const Json& member) {
  if (member.is_structured()) return member;
  if (!member.is_string()) return std::nullopt;
  auto parsed = parse_json(member.get_ref<const std::string&>());
  if (!parsed || !parsed->is_structured()) return std::nullopt;
  return std::move(*parsed);
}

void add_detail(const std::string& name, const Json& value, OnDemandStep& step) {
  std::string text = words(value);
  if (text.empty() || step.details.size() == kMaxEntries) return;
  step.details.emplace_back(graph_read::plain_text(name), std::move(text));
}

OnDemandStep decode_step(const Json& json) {
  OnDemandStep step;
  step.name = first_of(json, {"name", "provisioningStepType", "type"});
  step.status = lower_camel(first_of(json, {"status"}));
  step.description = first_of(json, {"description"});
  const Json& details = member_or_null(json, "details");
  if (!details.is_object()) return step;
  for (const auto& [key, value] : details.items()) {
    if (value.is_array()) {
      for (const Json& item : value) add_detail(key, item, step);
    } else {
      add_detail(key, value, step);
    }
  }
  return step;
}

void add_steps(const Json& list, OnDemandOutcome& outcome) {
  if (!list.is_array()) return;
  for (const Json& json : list) {
    if (outcome.steps.size() == kMaxSteps) return;
    if (json.is_object()) outcome.steps.push_back(decode_step(json));
  }
}

void add_changes(const Json& list, OnDemandOutcome& outcome) {
  if (!list.is_array()) return;
  for (const Json& json : list) {
    if (outcome.changes.size() == kMaxEntries) return;
    outcome.changes.push_back({first_of(json, {"displayName", "name"}),
                               words(member_or_null(json, "oldValue")),
                               words(member_or_null(json, "newValue"))});
  }
}

/// Where an answer says why. The members have several names, and the object that holds them may be
/// a JSON document in a string; what has none of the names is told as it is.
void decode_reason(const Json& reason, OnDemandOutcome& outcome) {
  const auto object = document(reason);
  if (!object || !object->is_object()) {
    const bool says_nothing = object && object->empty();
    if (outcome.error_message.empty() && !says_nothing) outcome.error_message = words(reason);
    return;
  }
  std::string code = first_of(*object, {"errorCode", "code"});
  if (code == "None") code.clear();
  std::string message = first_of(*object, {"errorMessage", "reason", "message", "details"});
  const bool is_unnamed = code.empty() && message.empty() && !object->empty();
  if (is_unnamed && outcome.result != "success") message = words(*object);
  if (outcome.error_code.empty()) outcome.error_code = std::move(code);
  if (outcome.error_message.empty()) outcome.error_message = std::move(message);
}

/// `key`: {"result", "details": {"errorCode", "errorMessage"}}, or the error's members beside the
/// result: samples differ.
void decode_key(const Json& key, OnDemandOutcome& outcome) {
  if (!key.is_object()) return;
  outcome.result = lower_camel(first_of(key, {"result", "status"}));
  for (const char* member : {"errorInformation", "details"}) {
    const Json& nested = member_or_null(key, member);
    if (!nested.is_null()) decode_reason(nested, outcome);
  }
  const std::string code = first_of(key, {"errorCode", "code"});
  if (outcome.error_code.empty() && code != "None") outcome.error_code = code;
  if (outcome.error_message.empty()) {
    outcome.error_message = first_of(key, {"errorMessage", "reason", "message"});
  }
}

/// The status of a whole report: it says what the key leaves open. A provisioning log entry has the
/// error in an object, the documented answer beside the status (docs/graph.md#15.11).
void decode_status(const Json& report, OnDemandOutcome& outcome) {
  const Json& current = member_or_null(report, "provisioningStatusInfo");
  const Json& status = current.is_object() ? current : member_or_null(report, "statusInfo");
  if (!status.is_object()) return;
  if (outcome.result.empty()) outcome.result = lower_camel(first_of(status, {"status"}));
  const Json& error = member_or_null(status, "errorInformation");
  if (error.is_object()) {
    decode_reason(error, outcome);
  } else if (!first_of(status, {"errorCode", "reason"}).empty()) {
    decode_reason(status, outcome);
  }
}

bool is_report(const Json& json) {
  return json.contains("provisioningSteps") || json.contains("modifiedProperties");
}

/// `value`: a report, a list of reports, or a list of steps.
void decode_value(const Json& value, OnDemandOutcome& outcome) {
  if (value.is_object()) {
    add_steps(member_or_null(value, "provisioningSteps"), outcome);
    add_changes(member_or_null(value, "modifiedProperties"), outcome);
    decode_status(value, outcome);
    return;
  }
  for (const Json& element : value) {
    if (!element.is_object()) continue;
    if (is_report(element)) {
      decode_value(element, outcome);
    } else if (outcome.steps.size() < kMaxSteps) {
      outcome.steps.push_back(decode_step(element));
    }
  }
}

const OnDemandStep* find_step(const OnDemandOutcome& outcome, std::string_view status) {
  const auto found =
      std::find_if(outcome.steps.begin(), outcome.steps.end(),
                   [status](const OnDemandStep& step) { return step.status == status; });
  return found == outcome.steps.end() ? nullptr : &*found;
}

/// The steps decide where they report something worse than the result does, or where there is no
/// result.
void settle(OnDemandOutcome& outcome) {
  const OnDemandStep* failed = find_step(outcome, "failure");
  if (failed != nullptr) {
    outcome.result = "failure";
    if (outcome.error_message.empty()) outcome.error_message = failed->description;
  }
  if (outcome.result.empty()) {
    outcome.result = find_step(outcome, "skipped") != nullptr ? "skipped" : "success";
  }
  if (outcome.result == "success") {
    outcome.error_message.clear();
    outcome.error_code.clear();
  } else if (outcome.result != "skipped" && outcome.result != "warning") {
    outcome.result = "failure";
  }
}

}  // namespace

Result<OnDemandOutcome> decode_on_demand(const Json& answer) {
  OnDemandOutcome outcome;
  if (const auto key = document(member_or_null(answer, "key"))) decode_key(*key, outcome);
  if (const auto value = document(member_or_null(answer, "value"))) decode_value(*value, outcome);
  if (is_report(answer)) decode_value(answer, outcome);
  if (outcome.result.empty() && outcome.steps.empty()) {
    return fail(ErrorKind::malformed, "the answer tells neither a result nor a step",
                "`syncwright logs` may know what became of the object");
  }
  settle(outcome);
  return outcome;
}

}  // namespace syncwright::graph_write
