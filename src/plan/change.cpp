#include "syncwright/plan/change.h"

#include <array>

namespace syncwright {

const char* to_string(ChangeType type) {
  switch (type) {
    case ChangeType::application_instantiate:
      return "application.instantiate";
    case ChangeType::application_adopt:
      return "application.adopt";
    case ChangeType::application_update:
      return "application.update";
    case ChangeType::job_pause:
      return "job.pause";
    case ChangeType::assignment_add:
      return "assignment.add";
    case ChangeType::job_create:
      return "job.create";
    case ChangeType::credentials_validate:
      return "credentials.validate";
    case ChangeType::credentials_save:
      return "credentials.save";
    case ChangeType::schema_put:
      return "schema.put";
    case ChangeType::assignment_remove:
      return "assignment.remove";
    case ChangeType::job_restart:
      return "job.restart";
    case ChangeType::job_start:
      return "job.start";
    case ChangeType::job_delete:
      return "job.delete";
    case ChangeType::application_delete:
      return "application.delete";
  }
  return "";
}

std::optional<ChangeType> change_type_from(std::string_view text) {
  constexpr std::array all{ChangeType::application_instantiate,
                           ChangeType::application_adopt,
                           ChangeType::application_update,
                           ChangeType::job_pause,
                           ChangeType::assignment_add,
                           ChangeType::job_create,
                           ChangeType::credentials_validate,
                           ChangeType::credentials_save,
                           ChangeType::schema_put,
                           ChangeType::assignment_remove,
                           ChangeType::job_restart,
                           ChangeType::job_start,
                           ChangeType::job_delete,
                           ChangeType::application_delete};
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

const char* to_string(SentKey::How how) {
  switch (how) {
    case SentKey::How::changed:
      return "changed";
    case SentKey::How::again:
      return "again";
    case SentKey::How::unchanged:
      return "unchanged";
  }
  return "";
}

std::optional<SentKey::How> sent_key_from(std::string_view text) {
  using How = SentKey::How;
  for (const How how : {How::changed, How::again, How::unchanged}) {
    if (text == to_string(how)) return how;
  }
  return std::nullopt;
}

const char* to_string(Cause cause) {
  switch (cause) {
    case Cause::unknown:
      return "unknown";
    case Cause::tenant:
      return "tenant";
    case Cause::manifest:
      return "manifest";
    case Cause::both:
      return "both";
  }
  return "";
}

}  // namespace syncwright
