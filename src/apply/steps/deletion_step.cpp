#include <fmt/format.h>

#include <algorithm>

#include "apply/freshness.h"
#include "apply/read_back.h"
#include "apply/steps/kept_before_deletion.h"
#include "apply/steps/pending_restart.h"
#include "apply/steps/service_principal_write.h"
#include "apply/steps/step.h"
#include "syncwright/plan/basis.h"

namespace syncwright {

namespace {

/// What the DELETE said, where it was refused: gone already is as good as done.
const Error* refusal(const Result<Written>& deleted) {
  if (deleted || deleted.error().kind == ErrorKind::not_found) return nullptr;
  return &deleted.error();
}

/// The application's reference and tags as they are now.
struct Doomed {
  LiveReference reference;
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
std::vector<FieldChange> fields_as_planned(const Change& change, const Doomed& doomed) {
  LiveReference reference = doomed.reference;
  const bool knew_application =
      std::any_of(change.fields.begin(), change.fields.end(),
                  [](const FieldChange& field) { return field.path == "applicationId"; });
  if (!knew_application) reference.application_id.clear();
  return deletion_fields(reference, doomed.tags);
}

/// Whatever a plan says: nothing is deleted but what this project made or took over, and nothing
/// that is protected.
Result<void> refuse_unowned(const ApplicationRun& run, const Doomed& doomed) {
  const auto has = [&doomed](std::string_view tag) {
    return std::find(doomed.tags.begin(), doomed.tags.end(), tag) != doomed.tags.end();
  };
  const Owner& owner = run.context.owner;
  if (has(kProtectedTag)) {
    return fail(ErrorKind::guard,
                fmt::format("application {} is protected", doomed.reference.display_name));
  }
  const bool begun = doomed.reference.display_name.starts_with(owner.pending_prefix());
  if (has(owner.tag()) || begun) {
    // Also what an earlier name of the project has beside: that may be another folder's by now.
    const auto other = foreign_owner_tag(doomed.tags, owner.tag());
    if (!other) return {};
    return fail(ErrorKind::guard, fmt::format("service principal {} is owned by {}",
                                              run.service_principal(), *other));
  }
  return fail(ErrorKind::guard, fmt::format("application {} does not belong to this project",
                                            doomed.reference.display_name));
}

/// The application as it is now, if this change may still delete it; nullopt where it is gone.
Result<std::optional<Doomed>> read_checked_doomed(ApplicationRun& run, const Change& change) {
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
Result<void> remove_application(ApplicationRun& run, const Change& change) {
  const std::string id = run.reference.application_id;
  const auto deleted = settle<Written>(
      run.patience(), run.subject("the application to be deletable"),
      [&]() -> Result<std::optional<Written>> {
        const auto still = read_checked_doomed(run, change);
        if (!still) return fail(still.error());
        if (!*still) return std::optional(Written{});
        auto written = run.write<Written>("application.delete", [&](std::stop_token stop) {
          return run.writer().delete_application(id, std::move(stop));
        });
        if (!written) return fail(written.error());
        return std::optional(std::move(*written));
      });
  const Error* refused = refusal(deleted);
  if (refused != nullptr && !run.in_doubt()) return fail(*refused);
  return settle_read_back(run, run.read_back("the application to be gone"), refused,
                          [&]() -> Result<std::optional<bool>> {
                            const auto now = run.reader().application(id, run.in_flight());
                            if (!now) return fail(now.error());
                            return *now ? std::optional<bool>() : std::optional(true);
                          });
}

Result<void> remove_job(ApplicationRun& run, const Change& change) {
  const std::string& id = change.target()->id;
  const auto deleted = run.settled_write<Written>(
      "job.delete", run.subject("the job to be deletable"), [&](std::stop_token stop) {
        return run.writer().delete_job(run.service_principal(), id, std::move(stop));
      });
  const Error* refused = refusal(deleted);
  if (refused != nullptr && !run.in_doubt()) return fail(*refused);
  return settle_read_back(
      run, run.read_back("the job to be gone"), refused, [&]() -> Result<std::optional<bool>> {
        const auto now = run.reader().job(run.service_principal(), id, run.in_flight());
        if (!now) return fail(now.error());
        return *now ? std::optional<bool>() : std::optional(true);
      });
}

}  // namespace

StepResult delete_job(ApplicationRun& run, const Change& change) {
  // Kept first: nothing stands between the last look at the job and its end.
  if (auto kept = keep_schema(run, change.job, change.target()->id); !kept)
    return fail(kept.error());
  const auto job = run.reader().job(run.service_principal(), change.target()->id, run.in_flight());
  if (!job) return fail(job.error());
  if (*job) {
    if (auto fresh = check_basis(change, deletion_fields(**job)); !fresh) {
      return fail(fresh.error());
    }
    if (auto removed = remove_job(run, change); !removed) return fail(removed.error());
  }
  if (auto dropped = drop_pending_restart(run, change.target()->id); !dropped) {
    return fail(dropped.error());
  }
  return *job ? fmt::format("job {}", change.target()->id) : std::string("it was gone already");
}

StepResult delete_application(ApplicationRun& run, const Change& change) {
  const auto doomed = read_checked_doomed(run, change);
  if (!doomed) return fail(doomed.error());
  if (!*doomed) return std::string("it was gone already");
  if (auto kept = keep_application(run); !kept) return fail(kept.error());
  if (auto removed = remove_application(run, change); !removed) return fail(removed.error());
  return fmt::format("application {}; it can be restored for 30 days",
                     run.reference.application_id);
}

}  // namespace syncwright
