#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright {

/// What a change does. The spelling is part of the plan format; the order of the members is the
/// order of the changes of one application (PRODUCT.md 5, order.cpp draws it).
enum class ChangeType {
  application_instantiate,  ///< "application.instantiate"
  application_adopt,        ///< "application.adopt"
  application_update,       ///< "application.update"
  job_pause,                ///< "job.pause"
  assignment_add,           ///< "assignment.add"
  job_create,               ///< "job.create"
  credentials_validate,     ///< "credentials.validate"
  credentials_save,         ///< "credentials.save"
  schema_put,               ///< "schema.put"
  assignment_remove,        ///< "assignment.remove"
  job_restart,              ///< "job.restart"
  job_start,                ///< "job.start"
  job_delete,               ///< "job.delete"
  application_delete,       ///< "application.delete"
};
[[nodiscard]] const char* to_string(ChangeType type);
[[nodiscard]] std::optional<ChangeType> change_type_from(std::string_view text);

enum class ChangeStatus { planned, blocked, held };
[[nodiscard]] const char* to_string(ChangeStatus status);
[[nodiscard]] std::optional<ChangeStatus> change_status_from(std::string_view text);

enum class Risk { none, deprovision };  ///< JSON: null, "deprovision"

/// Why a change is refused, and the way out.
struct Refusal {
  std::string code;  ///< SW50xx of the diagnostic catalog
  std::string message;
  std::string advice;
  std::vector<std::string> candidates;
  bool operator==(const Refusal&) const = default;
};

/// One step of a plan, as data.
struct Change {
  std::string id;  ///< PRODUCT.md 5: "APP/jobs/KEY/schema"
  ChangeType type = ChangeType::application_update;
  std::string application;
  std::string job;  ///< the manifest's job key; empty where the change is not about a job
  ChangeStatus status = ChangeStatus::planned;
  std::string reason;  ///< one sentence: why this is needed
  Risk risk = Risk::none;
  std::vector<std::string> after;  ///< ids that must be done before
  std::optional<std::string>
      basis;                 ///< digest of the canonical live values it replaces; see basis.h
  bool provisional = false;  ///< a schema that cannot be read yet: `before` is {"unknown": true}
  std::vector<FieldChange> fields;
  SourceRange origin;  ///< the manifest line that asks for it
  SourceRange row;     ///< the row that generated the application, where one did
  /// assignment.*: who and with which role; application.delete: `principal_id` is empty and
  /// `target_id` the service principal; job.delete: `target_id` is the job.
  std::string principal_type;  ///< user, group, servicePrincipal
  std::string principal_id;
  std::string app_role_id;
  std::string target_id;           ///< what is adopted or deleted: an object id (a job's id)
  std::optional<Refusal> refusal;  ///< where blocked or held
};

}  // namespace syncwright
