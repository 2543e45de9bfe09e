#pragma once

#include <string>
#include <vector>

#include "emulator/store/store.h"
#include "syncwright/core/json.h"
#include "syncwright/provisioning/step_story.h"

namespace syncwright::emulator {

/// One attribute that an operation changed; null where there was or is no value.
struct ModifiedProperty {
  std::string name;
  expression::Value old_value;
  expression::Value new_value;
};

/// What happened to one object in one cycle.
struct ProvisioningEvent {
  std::string action;  ///< provisioningAction: create, update, disable, delete, other, stagedDelete
  std::string status;  ///< provisioningResult: success, failure, skipped
  std::string error_code;  ///< of a failure or a skip
  std::string reason;
  std::string source_id;
  std::string source_name;
  std::string source_type;
  std::string target_id;
  std::string target_name;
  std::string target_type;
  bool is_active = true;
  bool is_assigned = true;
  provisioning::FilterVerdict scope;
  std::vector<provisioning::ProvisioningStep> steps;
  std::vector<ModifiedProperty> modified;
};

/// Where it happened: what all entries of one rule of one cycle share.
struct EventFrame {
  const Job& job;
  const Json& service_principal;
  const Json& source_directory;
  const Json& target_directory;
  std::string tenant_id;  ///< in which the application was made
  std::string cycle_id;
};

/// "success" as beta's log and provisioning on demand spell it: "Success".
[[nodiscard]] std::string capitalize(std::string word);

/// The steps with all their details: what provisioning on demand shows.
[[nodiscard]] Json steps_on_wire(const ProvisioningEvent& event);

/// The entry of auditLogs/provisioning, as v1.0 shows it (docs/graph.md#10.2).
[[nodiscard]] Json log_entry(const EventFrame& frame, const ProvisioningEvent& event, Instant at);

}  // namespace syncwright::emulator
