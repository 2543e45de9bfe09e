#include "syncwright/plan/change.h"

#include <array>

namespace syncwright {

const char* to_string(ChangeType type) {
  switch (type) {
    case ChangeType::application_instantiate:
      return "application.instantiate";
    case ChangeType::application_update:
      return "application.update";
    case ChangeType::job_pause:
      return "job.pause";
    case ChangeType::job_create:
      return "job.create";
    case ChangeType::credentials_validate:
      return "credentials.validate";
    case ChangeType::credentials_save:
      return "credentials.save";
    case ChangeType::schema_put:
      return "schema.put";
    case ChangeType::job_restart:
      return "job.restart";
    case ChangeType::job_start:
      return "job.start";
  }
  return "";
}

std::optional<ChangeType> change_type_from(std::string_view text) {
  constexpr std::array all{ChangeType::application_instantiate,
                           ChangeType::application_update,
                           ChangeType::job_pause,
                           ChangeType::job_create,
                           ChangeType::credentials_validate,
                           ChangeType::credentials_save,
                           ChangeType::schema_put,
                           ChangeType::job_restart,
                           ChangeType::job_start};
  for (const ChangeType type : all) {
    if (text == to_string(type)) return type;
  }
  return std::nullopt;
}

const char* to_string(ChangeStatus status) {
  switch (status) {
    case ChangeStatus::planned:
      return "planned";
    case ChangeStatus::blocked:
      return "blocked";
    case ChangeStatus::held:
      return "held";
  }
  return "";
}

std::optional<ChangeStatus> change_status_from(std::string_view text) {
  for (const ChangeStatus status :
       {ChangeStatus::planned, ChangeStatus::blocked, ChangeStatus::held}) {
    if (text == to_string(status)) return status;
  }
  return std::nullopt;
}

}  // namespace syncwright
