#include "emulator/resources/provisioning_object.h"

#include <string>
#include <utility>

#include "syncwright/core/clock.h"

namespace syncwright::emulator {

namespace {

Json null_if_empty(const Json& value) {
  const bool says_nothing = value.is_string() ? value.get_ref<const std::string&>().empty()
                                              : value.is_structured() && value.empty();
  return says_nothing ? Json() : value;
}

Json system_of(const Json& logged) {
  return {{"id", null_if_empty(member_or_null(logged, "id"))},
          {"name", member_or_null(logged, "displayName")},
          {"details", null_if_empty(member_or_null(logged, "details"))}};
}

Json identity_of(const Json& logged) {
  return {{"id", null_if_empty(member_or_null(logged, "id"))},
          {"type", member_or_null(logged, "identityType")},
          {"displayName", null_if_empty(member_or_null(logged, "displayName"))},
          {"details", null_if_empty(member_or_null(logged, "details"))}};
}

/// The error is told of a failure only: why an object was skipped stands in the answer's `key`.
Json status_of(const Json& logged) {
  const std::string status = string_or(logged, "status");
  const Json& error = member_or_null(logged, "errorInformation");
  Json info = {{"status", capitalize(status)}};
  for (const char* name :
       {"errorCode", "reason", "additionalDetails", "errorCategory", "recommendedAction"}) {
    info[name] = status == "failure" ? member_or_null(error, name) : Json();
  }
  return info;
}

Json steps_of(const ProvisioningEvent& event, const std::string& time) {
  Json steps = Json::array();
  const Json logged = steps_on_wire(event);
  for (const Json& step : logged) {
    steps.push_back({{"name", step["name"]},
                     {"type", capitalize(string_or(step, "provisioningStepType"))},
                     {"status", capitalize(string_or(step, "status"))},
                     {"description", step["description"]},
                     {"timestamp", time},
                     {"details", step["details"]}});
  }
  return steps;
}

/// [G] Microsoft's page calls its sample shortened and shows none of these members of the log.
void add_assumed_members_of_the_log(const Json& log_entry, Json& object) {
  for (const char* name :
       {"cycleId", "durationInMilliseconds", "initiatedBy", "jobId", "servicePrincipal"}) {
    object[name] = member_or_null(log_entry, name);
  }
}

std::string end_of(const Json& log_entry, const std::string& start) {
  const Milliseconds duration{int_or(log_entry, "durationInMilliseconds", 0)};
  return format_rfc3339(parse_rfc3339(start).value_or(Instant{}) + duration);
}

}  // namespace

Json provisioning_object(const ProvisioningEvent& event, const Json& log_entry) {
  const std::string start = string_or(log_entry, "activityDateTime");
  const std::string& name = event.target_name.empty() ? event.source_name : event.target_name;
  Json object = {{"action", capitalize(event.action)},
                 {"changeId", member_or_null(log_entry, "changeId")},
                 {"startTime", start},
                 {"endTime", end_of(log_entry, start)},
                 {"reportableIdentifier", name},
                 {"statusInfo", status_of(member_or_null(log_entry, "provisioningStatusInfo"))},
                 {"sourceIdentity", identity_of(member_or_null(log_entry, "sourceIdentity"))},
                 {"sourceSystem", system_of(member_or_null(log_entry, "sourceSystem"))},
                 {"targetIdentity", identity_of(member_or_null(log_entry, "targetIdentity"))},
                 {"targetSystem", system_of(member_or_null(log_entry, "targetSystem"))},
                 {"provisioningSteps", steps_of(event, start)},
                 {"modifiedProperties", member_or_null(log_entry, "modifiedProperties")}};
  add_assumed_members_of_the_log(log_entry, object);
  return object;
}

}  // namespace syncwright::emulator
