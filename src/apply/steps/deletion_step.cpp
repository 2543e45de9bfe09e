#include <fmt/format.h>

#include <algorithm>

#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "apply/steps/unique_name.h"
#include "syncwright/plan/basis.h"

namespace syncwright::apply {

namespace {

/// What a deletion takes with it (docs/graph.md#5.5) is read and written to the backup first. What
/// is not there needs no backup; what cannot be read for another reason keeps the run from
/// deleting.

/// A job that never got a schema, a service principal that never had synchronization.
bool is_nothing_to_keep(const Error& error) {
  return error.kind == ErrorKind::not_found || error.kind == ErrorKind::rejected;
}

template <class T>
Result<std::optional<T>> read_if_there(Result<T> read, const char* what) {
  if (read) return std::optional<T>(std::move(*read));
  if (is_nothing_to_keep(read.error())) return std::optional<T>();
  return fail(within(read.error(), fmt::format("nothing is deleted before {} kept", what)));
}

Result<void> keep_schema(const ApplicationRun& run, const std::string& folder,
                         const std::string& name, const std::string& job_id) {
  const auto schema = read_if_there(
      run.reader().schema(run.service_principal(), job_id, run.in_flight()), "the schema is");
  if (!schema) return fail(schema.error());
  return *schema ? run.apply.backup.schema(folder, name, (*schema)->text()) : Result<void>();
}

Result<void> keep_jobs(const ApplicationRun& run, const std::string& folder) {
  const auto jobs =
      read_if_there(run.reader().jobs(run.service_principal(), run.in_flight()), "the jobs are");
  if (!jobs) return fail(jobs.error());
  if (!*jobs) return {};
  for (const model::LiveJob& job : **jobs) {
    if (auto kept = keep_schema(run, folder, job.id, job.id); !kept) return kept;
  }
  return {};
}

/// The schemas of all jobs, the secrets (masked) and who is assigned; in a folder of the
/// application's name and its service principal's id, since several may have one name.
Result<void> keep_application(const ApplicationRun& run) {
  const std::string& principal = run.service_principal();
  if (principal.empty()) return {};
  const std::string folder = fmt::format("{}-{}", run.desired.name, principal);
  if (auto kept = keep_jobs(run, folder); !kept) return kept;
  const auto secrets =
      read_if_there(run.reader().secrets(principal, run.in_flight()), "the settings are");
  if (!secrets) return fail(secrets.error());
  if (*secrets && !(*secrets)->empty()) {
    if (auto kept = run.apply.backup.secrets(folder, **secrets); !kept) return kept;
  }
  const auto assignments =
      read_if_there(run.reader().assignments(principal, run.in_flight()), "the assignments are");
  if (!assignments) return fail(assignments.error());
  if (!*assignments || (*assignments)->empty()) return {};
  return run.apply.backup.assignments(folder, **assignments);
}

/// The application's reference and tags as they are now.
struct Doomed {
  model::LiveReference reference;
  std::vector<std::string> tags;
};

/// nullopt where it is gone.
Result<std::optional<Doomed>> read_doomed(ApplicationRun& run, const std::string& target_id) {
  auto principal = run.reader().service_principal(target_id, run.in_flight());
  if (!principal) return fail(principal.error());
  if (*principal) {
    Doomed doomed{std::move((*principal)->reference), std::move((*principal)->tags)};
    const auto application =
        run.reader().application_by_app_id(doomed.reference.app_id, run.in_flight());
    if (!application) return fail(application.error());
    if (*application) doomed.reference.application_id = (*application)->application_id;
    return doomed;
  }
  // Where only the application is left, the change names that.
  auto application = run.reader().application(target_id, run.in_flight());
  if (!application) return fail(application.error());
  if (!*application) return std::optional<Doomed>();
  return Doomed{std::move(**application), {}};
}

/// A look that did not tell the planner the application's id leaves it out.
std::vector<schema::FieldChange> fields_as_planned(const plan::Change& change,
                                                   const Doomed& doomed) {
  model::LiveReference reference = doomed.reference;
  const bool knew_application =
      std::any_of(change.fields.begin(), change.fields.end(),
                  [](const schema::FieldChange& field) { return field.path == "applicationId"; });
  if (!knew_application) reference.application_id.clear();
  return plan::deletion_fields(reference, doomed.tags);
}

/// Whatever a plan says, only what this project made or took over is deleted, and nothing that is
/// protected.
Result<void> refuse_unowned(const ApplicationRun& run, const Doomed& doomed) {
  const auto has = [&doomed](std::string_view tag) {
    return std::find(doomed.tags.begin(), doomed.tags.end(), tag) != doomed.tags.end();
  };
  const model::Owner& owner = run.apply.owner;
  if (has(model::kProtectedTag)) {
    return fail(ErrorKind::guard,
                fmt::format("application {} is protected", doomed.reference.display_name));
  }
  const bool begun = doomed.reference.display_name.starts_with(owner.pending_prefix());
  if (has(owner.tag()) || begun) {
    // Also what an earlier name of the project has beside: that may be another folder's by now.
    const auto other = model::foreign_owner_tag(doomed.tags, owner.tag());
    if (!other) return {};
    return fail(ErrorKind::guard, fmt::format("service principal {} is owned by {}",
                                              run.service_principal(), *other));
  }
  return fail(ErrorKind::guard, fmt::format("application {} does not belong to this project",
                                            doomed.reference.display_name));
}

/// Tags can be moved by hand, unique names cannot: what another application is by its unique name
/// is not this one. What was never claimed has neither.
Result<void> refuse_moved_tags(ApplicationRun& run, const Doomed& doomed) {
  const model::Owner& owner = run.apply.owner;
  if (!owner.marks(doomed.tags, run.desired.name)) return {};
  for (std::string& name : model::unique_names_of(owner, run.desired)) {
    const auto found = follow_unique_name(run, std::move(name));
    if (!found) return fail(found.error());
    if (!found->holder || found->holder->app_id == doomed.reference.app_id) continue;
    return fail(ErrorKind::guard,
                fmt::format("its tags are on service principal {}, and application {} has its "
                            "unique name",
                            run.service_principal(), found->holder->application_id),
                "Put the `syncwright-app:` tags of both right.");
  }
  return {};
}

/// The application as it is now, if this change may still delete it; nullopt where it is gone.
Result<std::optional<Doomed>> read_checked_doomed(ApplicationRun& run, const plan::Change& change) {
  auto doomed = read_doomed(run, change.target()->id);
  if (!doomed || !*doomed) return doomed;
  if (auto fresh = check_basis(change, fields_as_planned(change, **doomed)); !fresh) {
    return fail(fresh.error());
  }
  run.reference = (*doomed)->reference;
  if (auto owned = refuse_unowned(run, **doomed); !owned) return fail(owned.error());
  if (run.reference.application_id.empty()) {
    return fail(ErrorKind::rejected,
                fmt::format("service principal {} has no application registration in this tenant",
                            run.service_principal()),
                "Delete the enterprise application by hand.");
  }
  return doomed;
}

/// Deletes the application, its service principal with it, and sees it gone. What came up while its
/// contents were kept is looked for just before.
Result<Confirmed> remove_application(ApplicationRun& run, const plan::Change& change) {
  const std::string id = run.reference.application_id;
  TenantWrite write{"application.delete", run.session().target("the application to be deletable")};
  write.prepare = [&]() -> Result<Next> {
    const auto still = read_checked_doomed(run, change);
    if (!still) return fail(still.error());
    return *still ? Next::send : Next::prove;
  };
  write.send = [&](std::stop_token stop) {
    return run.writer().delete_application(id, std::move(stop));
  };
  write.judge = gone_is_done;
  write.proof = proof_by(
      run.session(), "the application to be gone",
      [&] { return run.reader().application(id, run.in_flight()); },
      [](const auto& now) { return !now; });
  return run.write(write);
}

Result<Confirmed> remove_job(ApplicationRun& run, const std::string& id) {
  TenantWrite write{"job.delete", run.session().target("the job to be deletable")};
  write.send = [&](std::stop_token stop) {
    return run.writer().delete_job(run.service_principal(), id, std::move(stop));
  };
  write.judge = gone_is_done;
  write.proof = proof_by(
      run.session(), "the job to be gone",
      [&] { return run.reader().job(run.service_principal(), id, run.in_flight()); },
      [](const auto& now) { return !now; });
  return run.write(write);
}

}  // namespace

StepResult delete_job(ApplicationRun& run, const plan::Change& change) {
  // Kept first: nothing stands between the last look at the job and its end.
  if (auto kept = keep_schema(run, run.desired.name, change.job, change.target()->id); !kept)
    return fail(kept.error());
  const auto job = run.reader().job(run.service_principal(), change.target()->id, run.in_flight());
  if (!job) return fail(job.error());
  if (*job) {
    if (auto fresh = check_basis(change, plan::deletion_fields(**job)); !fresh) {
      return fail(fresh.error());
    }
    if (auto removed = remove_job(run, change.target()->id); !removed) return fail(removed.error());
  }
  if (auto dropped = drop_pending_restart(run, change.target()->id); !dropped) {
    return fail(dropped.error());
  }
  return *job ? fmt::format("job {}", change.target()->id) : std::string("it was gone already");
}

StepResult delete_application(ApplicationRun& run, const plan::Change& change) {
  const auto doomed = read_checked_doomed(run, change);
  if (!doomed) return fail(doomed.error());
  if (!*doomed) return std::string("it was gone already");
  if (auto tagged = refuse_moved_tags(run, **doomed); !tagged) return fail(tagged.error());
  if (auto kept = keep_application(run); !kept) return fail(kept.error());
  if (auto removed = remove_application(run, change); !removed) return fail(removed.error());
  return fmt::format("application {}; it can be restored for 30 days",
                     run.reference.application_id);
}

}  // namespace syncwright::apply
