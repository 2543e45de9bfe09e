#include "provisioning_event.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/core/random.h"
#include "target_value.h"

namespace syncwright::emulator {

namespace {

constexpr int duration_in_milliseconds = 120;

const char* truth(bool value) {
  return value ? "True" : "False";
}

Json step(const char* name, const char* type, const std::string& status, std::string description,
          Json details) {
  return {{"name", name},
          {"provisioningStepType", type},
          {"status", status},
          {"description", std::move(description)},
          {"details", std::move(details)}};
}

Json scoping_step(const ProvisioningEvent& event) {
  const bool passed = event.is_active && event.is_assigned && event.passes_filter;
  return step("EntrySynchronizationScoping", "scoping", passed ? "success" : "skipped",
              passed ? "The object is in scope for provisioning."
                     : "The object is not in scope for provisioning.",
              {{"Active in the source system", truth(event.is_active)},
               {"Assigned to the application", truth(event.is_assigned)},
               {"User has the required role", truth(event.is_assigned)},
               {"Scoping filter evaluation passed", truth(event.passes_filter)},
               {"ScopeEvaluationResult", "{}"}});
}

const char* export_step_name(const std::string& action) {
  if (action == "create") return "EntryExportAdd";
  return action == "delete" || action == "stagedDelete" ? "EntryExportDelete" : "EntryExportUpdate";
}

Json steps_of(const ProvisioningEvent& event) {
  const bool creates = event.action == "create";
  Json steps = Json::array();
  steps.push_back(
      step(creates ? "EntryImportAdd" : "EntryImport", "import", "success",
           fmt::format("Received {} '{}' from the source.", event.source_type, event.source_name),
           Json::object()));
  steps.push_back(scoping_step(event));
  if (event.status == "skipped") {
    steps.push_back(step("EntrySynchronizationSkip", "processing", "skipped", event.reason,
                         {{"SkipReason", event.error_code}}));
    return steps;
  }
  if (event.target_id.empty() || creates) {
    steps.push_back(step("EntrySynchronizationAdd", "matching", "success",
                         "No matching object was found in the target.", Json::object()));
  }
  steps.push_back(
      step(export_step_name(event.action), "export", event.status,
           event.status == "failure"
               ? event.reason
               : fmt::format("The {} '{}' was exported.", event.target_type, event.target_name),
           {{"ReportableIdentifier", event.target_name}}));
  return steps;
}

Json error_information(const ProvisioningEvent& event) {
  if (event.error_code.empty()) return nullptr;
  return {{"errorCode", event.error_code},
          {"reason", event.reason},
          {"additionalDetails", nullptr},
          {"errorCategory", "nonServiceFailure"},
          {"recommendedAction", nullptr}};
}

Json text_or_null(const Json& value) {
  return value.is_null() ? value : Json(as_text(value));
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
      {"provisioningSteps", steps_of(event)},
      {"modifiedProperties", modified_properties(event)}};
}

}  // namespace syncwright::emulator
