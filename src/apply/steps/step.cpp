#include "apply/steps/step.h"

namespace syncwright {

StepResult run_step(ApplicationRun& run, const Change& change) {
  switch (change.type) {
    case ChangeType::application_instantiate:
      return instantiate_application(run, change);
    case ChangeType::application_adopt:
      return adopt_application(run, change);
    case ChangeType::application_update:
      return update_application(run, change);
    case ChangeType::job_pause:
      return pause_job(run, change);
    case ChangeType::assignment_add:
      return add_assignment(run, change);
    case ChangeType::job_create:
      return create_job(run, change);
    case ChangeType::credentials_validate:
      return validate_credentials(run, change);
    case ChangeType::credentials_save:
      return save_credentials(run, change);
    case ChangeType::schema_put:
      return put_schema(run, change);
    case ChangeType::assignment_remove:
      return remove_assignment(run, change);
    case ChangeType::job_restart:
      return restart_job(run, change);
    case ChangeType::job_start:
      return start_job(run, change);
    case ChangeType::job_delete:
      return delete_job(run, change);
    case ChangeType::application_delete:
      return delete_application(run, change);
  }
  return fail(ErrorKind::internal, "a change of an unknown type");
}

}  // namespace syncwright
