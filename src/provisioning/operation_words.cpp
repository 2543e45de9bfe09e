#include "syncwright/provisioning/mapping_run.h"

namespace syncwright {

const char* to_string(Action action) {
  switch (action) {
    case Action::create:
      return "create";
    case Action::update:
      return "update";
    case Action::disable:
      return "disable";
    case Action::remove:
      return "delete";
    case Action::skip:
      return "skip";
  }
  return "";
}

const char* to_string(Disposition disposition) {
  switch (disposition) {
    case Disposition::flowed:
      return "flowed";
    case Disposition::unchanged:
      return "unchanged";
    case Disposition::default_value:
      return "default value";
    case Disposition::null_not_flowed:
      return "null is not flowed";
    case Disposition::ignored:
      return "ignored by the expression";
    case Disposition::creation_only:
      return "only at creation";
    case Disposition::target_has_value:
      return "the target has a value";
    case Disposition::failed:
      return "failed";
  }
  return "";
}

const char* to_string(Reason reason) {
  switch (reason) {
    case Reason::none:
      return "none";
    case Reason::mapping_disabled:
      return "the object mapping is disabled";
    case Reason::filtered_on_input:
      return "filtered on input";
    case Reason::not_assigned:
      return "not assigned to the application";
    case Reason::not_in_scope:
      return "not in scope";
    case Reason::not_active:
      return "disabled or soft-deleted in the source";
    case Reason::deleted_in_source:
      return "deleted in the source";
    case Reason::no_matching_value:
      return "no matching attribute has a value";
    case Reason::flow_type_off:
      return "flowTypes does not allow it";
    case Reason::out_of_scope_kept:
      return "out of scope, and skipOutOfScopeDeletions keeps the account";
    case Reason::nothing_changed:
      return "nothing changed";
    case Reason::object_ignored:
      return "IgnoreObjectFlow dropped the object";
    case Reason::evaluation_failed:
      return "an expression failed";
  }
  return "";
}

const char* to_string(ProvisioningStep::Kind kind) {
  switch (kind) {
    case ProvisioningStep::Kind::import:
      return "import";
    case ProvisioningStep::Kind::scoping:
      return "scoping";
    case ProvisioningStep::Kind::matching:
      return "matching";
    case ProvisioningStep::Kind::mapping:
      return "mapping";
    case ProvisioningStep::Kind::export_:
      return "export";
  }
  return "";
}

const char* to_string(ProvisioningStep::Status status) {
  switch (status) {
    case ProvisioningStep::Status::success:
      return "success";
    case ProvisioningStep::Status::skipped:
      return "skipped";
    case ProvisioningStep::Status::failure:
      return "failure";
  }
  return "";
}

}  // namespace syncwright
