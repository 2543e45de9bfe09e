#include "syncwright/plan/change_type.h"

#include <algorithm>

namespace syncwright::plan {

namespace {

constexpr std::string_view kPrincipal = "/servicePrincipals/id";
constexpr std::string_view kAssignments = "/servicePrincipals/id/appRoleAssignedTo";
constexpr std::string_view kSecrets = "/servicePrincipals/id/synchronization/secrets";
constexpr std::string_view kJob = "/servicePrincipals/id/synchronization/jobs/id";
constexpr std::string_view kSchema = "/servicePrincipals/id/synchronization/jobs/id/schema";

constexpr DeletionWords kJobDeletion{
    "jobs deleted",
    "the job's links, watermarks and changes of the schema go, accounts in the target and saved "
    "secrets stay"};
constexpr DeletionWords kApplicationDeletion{
    "applications deleted",
    "its jobs go with it, accounts in the target stay as they are; it can be restored for 30 days, "
    "but whether its jobs and secrets come back is not known"};

/// One application, strictly one after another (applications know nothing of each other):
///
///   application.instantiate ─▶ application.adopt │ application.update ─▶ job.pause ─┐
///      the thing itself          whose it is, its name and tags          quiet before
///        ┌───────────────────────────────────────────────────────────── anything else
///        ▼
///   assignment.add ─▶ job.create ─▶ credentials.validate ─▶ credentials.save ─▶ schema.put ─┐
///      a first cycle    a schema and    nothing is saved        before a cycle      before a
///      finds everybody  validation      that does not work      can use them        cycle runs
///                       need one                                                           │
///        ┌─────────────────────────────────────────────────────────────────────────────────┘
///        ▼
///   assignment.remove ─▶ job.restart │ job.start ─▶ job.delete ─▶ application.delete
///      under the rules      with all of that in place   --prune only, and last
///      that are to hold
constexpr std::array<ChangeTraits, kChangeTypeCount> kChangeTypes{{
    {
        .type = ChangeType::application_instantiate,
        .name = "application.instantiate",
        .id = "",
        .subject = ChangeSubject::application,
        .effect = ApplicationEffect::created,
        .comes_or_goes = true,
        .request = "/applicationTemplates/id/instantiate",
        .sign = '+',
        .title = "create application",
        .verdict = "created",
        .said = {"displayName", "gallery"},
        .difference = "application is missing",
    },
    {
        .type = ChangeType::application_adopt,
        .name = "application.adopt",
        .id = "/adopt",
        .subject = ChangeSubject::application,
        .comes_or_goes = true,
        .payload = PayloadKind::target,
        .basis = BasisKind::identity,
        .touches = {Touched::identity},
        .request = kPrincipal,
        .sign = '~',
        .title = "take application over",
        .verdict = "taken over",
        .difference = "application is not taken over yet",
    },
    {
        .type = ChangeType::application_update,
        .name = "application.update",
        .id = "/update",
        .subject = ChangeSubject::application,
        .basis = BasisKind::fields,
        .touches = {Touched::identity},
        .request = kPrincipal,
        .sign = '~',
        .title = "update application",
        .difference = "application differs",
    },
    {
        .type = ChangeType::job_pause,
        .name = "job.pause",
        .id = "/jobs/{job}/pause",
        .subject = ChangeSubject::job,
        .basis = BasisKind::fields,
        .touches = {Touched::state, Touched::job},
        .request = kJob,
        .sign = '>',
        .title = "pause job {job}",
        .said = {"state"},
        .difference = "job {job} runs",
    },
    {
        .type = ChangeType::assignment_add,
        .name = "assignment.add",
        .id = "/assignments/{who}/{role}",
        .subject = ChangeSubject::assignment,
        .may_be_provisional = true,
        .payload = PayloadKind::assignment,
        .basis = BasisKind::unassigned,
        .touches = {Touched::assignments},
        .request = kAssignments,
        .sign = '+',
        .title = "assign",
        .said = {"principal", "role"},
        .difference = "{who} is not assigned as {role}",
    },
    {
        .type = ChangeType::job_create,
        .name = "job.create",
        .id = "/jobs/{job}",
        .subject = ChangeSubject::job,
        .touches = {Touched::job},
        .request = kJob,
        .sign = '+',
        .title = "create job {job}",
        .difference = "job {job} is missing",
    },
    {
        .type = ChangeType::credentials_validate,
        .name = "credentials.validate",
        .id = "/credentials/validate",
        .subject = ChangeSubject::settings,
        .touches = {Touched::settings},
        .request = kSecrets,
        .sign = '>',
        .title = "test credentials",
    },
    {
        .type = ChangeType::credentials_save,
        .name = "credentials.save",
        .id = "/credentials",
        .subject = ChangeSubject::settings,
        .payload = PayloadKind::sent_keys,
        .basis = BasisKind::fields,
        .risk = RiskSource::settings,
        .touches = {Touched::settings},
        .request = kSecrets,
        .sign = '~',
        .title = "save settings",
        .difference = "settings differ",
    },
    {
        .type = ChangeType::schema_put,
        .name = "schema.put",
        .id = "/jobs/{job}/schema",
        .subject = ChangeSubject::job,
        .may_be_provisional = true,
        .basis = BasisKind::fields,
        .risk = RiskSource::schema,
        .touches = {Touched::schema, Touched::job},
        .request = kSchema,
        .sign = '~',
        .title = "change schema of job {job}",
        .difference = "schema of job {job} differs",
    },
    {
        .type = ChangeType::assignment_remove,
        .name = "assignment.remove",
        .id = "/assignments/{who}/{role}",
        .subject = ChangeSubject::assignment,
        .payload = PayloadKind::assignment,
        .basis = BasisKind::assigned,
        .risk = RiskSource::removal,
        .touches = {Touched::assignments},
        .request = kAssignments,
        .sign = '-',
        .title = "unassign",
        .said = {"principal", "role"},
        .difference = "{who} is assigned as {role}",
    },
    {
        .type = ChangeType::job_restart,
        .name = "job.restart",
        .id = "/jobs/{job}/restart",
        .subject = ChangeSubject::job,
        // Also after a scope that was set back.
        .touches = {Touched::state, Touched::settings, Touched::job},
        .request = kJob,
        .sign = '>',
        .title = "restart job {job}",
        .difference = "job {job} needs a restart",
    },
    {
        .type = ChangeType::job_start,
        .name = "job.start",
        .id = "/jobs/{job}/start",
        .subject = ChangeSubject::job,
        .basis = BasisKind::fields,
        .touches = {Touched::state, Touched::job},
        .request = kJob,
        .sign = '>',
        .title = "start job {job}",
        .said = {"state"},
        .difference = "job {job} does not run",
    },
    {
        .type = ChangeType::job_delete,
        .name = "job.delete",
        .id = "/jobs/{job}/delete",
        .subject = ChangeSubject::job,
        .payload = PayloadKind::target,
        .basis = BasisKind::fields,
        .touches = {Touched::job},
        .request = kJob,
        .sign = '-',
        .title = "delete job {job}",
        .difference = "job {job} is there",
        .deletion = kJobDeletion,
    },
    {
        .type = ChangeType::application_delete,
        .name = "application.delete",
        .id = "/delete",
        .subject = ChangeSubject::application,
        .effect = ApplicationEffect::deleted,
        .comes_or_goes = true,
        .payload = PayloadKind::target,
        .basis = BasisKind::fields,
        .request = "/applications/id",
        .sign = '-',
        .title = "delete application",
        .verdict = "deleted",
        .difference = "application is there",
        .deletion = kApplicationDeletion,
    },
}};

constexpr bool has_a_row_for_each_type() {
  for (std::size_t i = 0; i < kChangeTypes.size(); ++i) {
    if (static_cast<std::size_t>(kChangeTypes[i].type) != i) return false;
  }
  return true;
}
static_assert(has_a_row_for_each_type());

}  // namespace

std::span<const ChangeTraits, kChangeTypeCount> change_types() {
  return kChangeTypes;
}

const ChangeTraits& traits_of(ChangeType type) {
  return kChangeTypes.at(static_cast<std::size_t>(type));
}

const char* to_string(ChangeType type) {
  return traits_of(type).name;
}

std::optional<ChangeType> change_type_from(std::string_view text) {
  const auto found =
      std::find_if(kChangeTypes.begin(), kChangeTypes.end(),
                   [text](const ChangeTraits& traits) { return traits.name == text; });
  return found == kChangeTypes.end() ? std::nullopt : std::optional(found->type);
}

}  // namespace syncwright::plan
