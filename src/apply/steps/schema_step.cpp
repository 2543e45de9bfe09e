#include <fmt/format.h>

#include "apply/freshness.h"
#include "apply/read_back.h"
#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/apply/write_confirmed.h"
#include "syncwright/plan/wanted_schema.h"

namespace syncwright {

namespace {

Result<SynchronizationSchema> read_schema(ApplicationRun& run, const Change& change,
                                          const std::string& id) {
  return run.settled_read<SynchronizationSchema>(
      job_subject(run, change.job, run.subject("the schema to be readable")),
      [&] { return run.reader().schema(run.service_principal(), id, run.in_flight()); });
}

/// Keys that no document attests are the job's to tell. One that does not answer leaves the
/// table's.
FunctionKeys function_keys(ApplicationRun& run, const DesiredJob& job, const std::string& id) {
  if (!job.schema || !needs_function_keys(*job.schema)) return {};
  auto keys = run.reader().function_keys(run.service_principal(), id, run.in_flight());
  return keys ? std::move(*keys) : FunctionKeys{};
}

Error impossible(const std::vector<OverlayProblem>& problems) {
  Error error;
  error.kind = ErrorKind::rejected;
  for (const OverlayProblem& problem : problems) {
    if (!error.message.empty()) error.message += "; ";
    error.message += problem.where.line > 0
                         ? fmt::format("{}:{}: {}: {}", problem.where.file, problem.where.line,
                                       problem.code, problem.message)
                         : fmt::format("{}: {}", problem.code, problem.message);
  }
  error.advice = fmt::format("`syncwright explain {}` says more.", problems.front().code);
  return error;
}

std::string paths_of(const std::vector<FieldChange>& fields) {
  std::string text;
  for (const FieldChange& field : fields) text += (text.empty() ? "" : ", ") + field.path;
  return text;
}

/// A schema PUT is visible at once (docs/graph.md#6): there is no lag to wait for.
Result<void> confirm_schema(ApplicationRun& run, const Change& change, const std::string& id,
                            const SynchronizationSchema& wanted) {
  const auto stored = read_schema(run, change, id);
  if (!stored) return fail(within(stored.error(), "the schema was sent and cannot be read back"));
  const std::vector<FieldChange> differences = diff(wanted, *stored);
  const bool was_lost = run.in_doubt();
  run.settle_doubt();
  if (differences.empty()) return {};
  return stored_differently(was_lost
                                ? "the answer to the schema was lost, and it was not stored"
                                : fmt::format("stored differently: {}", paths_of(differences)));
}

/// The live document, what it is to become, and the difference.
struct Overlaid {
  SynchronizationSchema live;
  SynchronizationSchema wanted;
  std::vector<FieldChange> fields;
};

Result<Overlaid> overlay_live(ApplicationRun& run, const Change& change, const std::string& id,
                              const FunctionKeys& functions) {
  auto live = read_schema(run, change, id);
  if (!live) return fail(live.error());
  auto wanted = wanted_schema(desired_job(run, change.job), *live, &functions);
  if (!wanted) return fail(impossible(wanted.error()));
  std::vector<FieldChange> fields = diff(*live, *wanted);
  return Overlaid{std::move(*live), std::move(*wanted), std::move(fields)};
}

/// Whether `now` is to be sent. `before` was sent and not answered: what it asked for may be there.
Result<bool> is_needed(ApplicationRun& run, const Change& change, const Overlaid& now,
                       const std::optional<Overlaid>& before) {
  if (before && now.fields.empty()) return false;
  if (!change.provisional) {
    if (auto fresh = check_basis(change, now.fields); !fresh) return fail(fresh.error());
  }
  // A PUT that changes nothing would start an initial cycle all the same (docs/contract.md#5).
  if (now.fields.empty()) return false;
  if (auto kept = run.context.backup.schema(run.desired.name, change.job, now.live.text()); !kept) {
    return fail(kept.error());
  }
  return true;
}

/// Overlays what is live and sends it, as often as it takes; `sent` is what was sent last.
Result<bool> replace_schema(ApplicationRun& run, const Change& change, const std::string& id,
                            const FunctionKeys& functions, std::optional<Overlaid>& sent) {
  const Subject subject = job_subject(run, change.job, run.subject("the job to accept its schema"));
  return write_from_read(run, {"schema.put", subject,
                               [&]() -> Result<bool> {
                                 auto now = overlay_live(run, change, id, functions);
                                 if (!now) return fail(now.error());
                                 const auto needed = is_needed(run, change, *now, sent);
                                 if (needed && *needed) sent = std::move(*now);
                                 return needed;
                               },
                               [&](std::stop_token stop) {
                                 return run.writer().put_schema(run.service_principal(), id,
                                                                sent->wanted.text(),
                                                                std::move(stop));
                               }});
}

}  // namespace

StepResult put_schema(ApplicationRun& run, const Change& change) {
  const auto id = job_id(run, change.job);
  if (!id) return fail(id.error());
  // Asked for first: nothing stands between the read of the schema and its PUT.
  const FunctionKeys functions = function_keys(run, desired_job(run, change.job), *id);
  std::optional<Overlaid> sent;
  const auto replaced = replace_schema(run, change, *id, functions, sent);
  if (!replaced && !run.in_doubt()) return fail(replaced.error());
  if (replaced && !*replaced) {
    return std::string("the template's schema is as the manifest says already");
  }
  if (!sent) return fail(replaced.error());
  const auto confirmed = confirm_schema(run, change, *id, sent->wanted);
  if (!confirmed) return fail(replaced ? confirmed.error() : replaced.error());
  return change.provisional ? paths_of(sent->fields) : std::string();
}

}  // namespace syncwright
