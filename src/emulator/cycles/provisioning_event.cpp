#include "emulator/cycles/provisioning_event.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/core/random.h"

namespace syncwright::emulator {

namespace {

constexpr int duration_in_milliseconds = 120;

const char* truth(bool value) {
  return value ? "True" : "False";
}

/// {"department EQUALS Sales": false}: the clauses that were looked at.
std::string scope_result(const provisioning::FilterVerdict& scope) {
  Json result = Json::object();
  for (const provisioning::ClauseVerdict& clause : scope.clauses) {
    std::string name = fmt::format("{} {}", clause.attribute, clause.operator_name);
    if (!clause.values.empty()) name += fmt::format(" {}", fmt::join(clause.values, ", "));
    result[name] = clause.holds;
  }
  return printed_json(result);
}

Json scoping_details(const ProvisioningEvent& event) {
  return {{"Active in the source system", truth(event.is_active)},
          {"Assigned to the application", truth(event.is_assigned)},
          {"User has the required role", truth(event.is_assigned)},
          {"Scoping filter evaluation passed", truth(event.scope.passes)},
          {"ScopeEvaluationResult", scope_result(event.scope)}};
}

const char* export_step_name(const ProvisioningEvent& event) {
  if (event.status == "skipped") return "EntrySynchronizationSkip";
  if (event.action == "create") return "EntryExportAdd";
  return event.action == "delete" || event.action == "stagedDelete" ? "EntryExportDelete"
                                                                    : "EntryExportUpdate";
}

/// [G] The names beside those that logs are known to have are made by their pattern.
const char* assumed_step_name(provisioning::ProvisioningStep::Kind kind,
                              const ProvisioningEvent& event) {
  const bool creates = event.action == "create";
  switch (kind) {
    case provisioning::ProvisioningStep::Kind::import:
      return creates ? "EntryImportAdd" : "EntryImport";
    case provisioning::ProvisioningStep::Kind::scoping:
      return "EntrySynchronizationScoping";
    case provisioning::ProvisioningStep::Kind::matching:
      return creates ? "EntrySynchronizationAdd" : "EntrySynchronizationUpdate";
    case provisioning::ProvisioningStep::Kind::mapping:
      return "EntrySynchronizationMapping";
    case provisioning::ProvisioningStep::Kind::export_:
      return export_step_name(event);
  }
  return "";
}

/// provisioningStepType has no member for the attribute mapping.
const char* step_type(provisioning::ProvisioningStep::Kind kind) {
  return kind == provisioning::ProvisioningStep::Kind::mapping ? "processing" : to_string(kind);
}

Json step_details(const provisioning::ProvisioningStep& step, const ProvisioningEvent& event) {
  if (step.kind == provisioning::ProvisioningStep::Kind::scoping) return scoping_details(event);
  Json details = Json::object();
  if (!step.details.empty()) details["Lines"] = step.details;
  if (step.kind == provisioning::ProvisioningStep::Kind::export_) {
    if (event.status == "skipped") details["SkipReason"] = event.error_code;
    if (!event.target_name.empty()) details["ReportableIdentifier"] = event.target_name;
  }
  return details;
}

/// What each attribute did is left out where it went well: modifiedProperties say it, and a log
/// has many entries.
Json logged_steps(const ProvisioningEvent& event) {
  Json result = steps_on_wire(event);
  for (std::size_t index = 0; index < event.steps.size(); ++index) {
    const provisioning::ProvisioningStep& step = event.steps[index];
    const bool is_plain = step.kind == provisioning::ProvisioningStep::Kind::mapping &&
                          step.status == provisioning::ProvisioningStep::Status::success;
    if (is_plain) result[index]["details"].erase("Lines");
  }
  return result;
}

Json error_information(const ProvisioningEvent& event) {
  if (event.error_code.empty()) return nullptr;
  return {{"errorCode", event.error_code},
          {"reason", event.reason},
          {"additionalDetails", nullptr},
          {"errorCategory", "nonServiceFailure"},
          {"recommendedAction", nullptr}};
}

Json text_or_null(const expression::Value& value) {
  return expression::is_null(value) ? Json() : Json(expression::to_text(value));
}

Json modified_properties(const ProvisioningEvent& event) {
  Json properties = Json::array();
  for (const ModifiedProperty& property : event.modified) {
    properties.push_back({{"displayName", property.name},
                          {"oldValue", text_or_null(property.old_value)},
                          {"newValue", text_or_null(property.new_value)}});
  }
  return properties;
}

Json system(const Json& directory, Json details) {
  return {{"id", string_or(directory, "id")},
          {"displayName", string_or(directory, "name")},
          {"details", std::move(details)}};
}

Json identity(const std::string& id, const std::string& name, const std::string& type) {
  return {{"id", id}, {"displayName", name}, {"identityType", type}, {"details", Json::object()}};
}

}  // namespace

std::string capitalize(std::string word) {
  if (!word.empty() && word.front() >= 'a' && word.front() <= 'z') {
    word.front() = static_cast<char>(word.front() - 'a' + 'A');
  }
  return word;
}

Json steps_on_wire(const ProvisioningEvent& event) {
  Json result = Json::array();
  for (const provisioning::ProvisioningStep& step : event.steps) {
    result.push_back({{"name", assumed_step_name(step.kind, event)},
                      {"provisioningStepType", step_type(step.kind)},
                      {"status", to_string(step.status)},
                      {"description", step.description},
                      {"details", step_details(step, event)}});
  }
  return result;
}

Json log_entry(const EventFrame& frame, const ProvisioningEvent& event, Instant at) {
  const std::string id = string_or(frame.service_principal, "id");
  const std::string name = string_or(frame.service_principal, "displayName");
  return {
      {"id", random_uuid()},
      {"activityDateTime", format_rfc3339(at)},
      {"tenantId", frame.tenant_id},
      {"jobId", frame.job.id},
      {"cycleId", frame.cycle_id},
      {"changeId", random_uuid()},
      {"provisioningAction", event.action},
      {"durationInMilliseconds", duration_in_milliseconds},
      {"servicePrincipal", {{"id", id}, {"displayName", name}}},
      {"sourceSystem", system(frame.source_directory, Json::object())},
      {"targetSystem", system(frame.target_directory,
                              {{"ApplicationId", string_or(frame.service_principal, "appId")},
                               {"ServicePrincipalId", id},
                               {"ServicePrincipalDisplayName", name}})},
      {"initiatedBy",
       {{"id", ""}, {"displayName", "Azure AD Provisioning Service"}, {"initiatorType", "system"}}},
      {"sourceIdentity", identity(event.source_id, event.source_name, event.source_type)},
      {"targetIdentity", identity(event.target_id, event.target_name, event.target_type)},
      {"provisioningStatusInfo",
       {{"status", event.status}, {"errorInformation", error_information(event)}}},
      {"provisioningSteps", logged_steps(event)},
      {"modifiedProperties", modified_properties(event)}};
}

}  // namespace syncwright::emulator
