#include <fmt/format.h>

#include "freshness.h"
#include "known_job.h"
#include "read_back.h"
#include "step.h"
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

/// A schema PUT is visible at once (API.md 6): there is no lag to wait for.
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

Result<void> replace_schema(ApplicationRun& run, const Change& change, const std::string& id,
                            const SynchronizationSchema& live,
                            const SynchronizationSchema& wanted) {
  if (auto kept = run.context.backup.schema(run.desired.name, change.job, live.text()); !kept) {
    return kept;
  }
  const auto written = run.settled_write<Written>(
      "schema.put", job_subject(run, change.job, run.subject("the job to accept its schema")),
      [&](std::stop_token stop) {
        return run.writer().put_schema(run.service_principal(), id, wanted.text(), std::move(stop));
      });
  if (!written && !run.in_doubt()) return fail(written.error());
  auto confirmed = confirm_schema(run, change, id, wanted);
  if (!confirmed && !written) return fail(written.error());
  return confirmed;
}

}  // namespace

StepResult put_schema(ApplicationRun& run, const Change& change) {
  const auto id = job_id(run, change.job);
  if (!id) return fail(id.error());
  const auto live = read_schema(run, change, *id);
  if (!live) return fail(live.error());
  const DesiredJob& job = desired_job(run, change.job);
  const FunctionKeys functions = function_keys(run, job, *id);
  const auto wanted = wanted_schema(job, *live, &functions);
  if (!wanted) return fail(impossible(wanted.error()));
  const std::vector<FieldChange> fields = diff(*live, *wanted);
  if (!change.provisional) {
    if (auto fresh = check_basis(change, fields); !fresh) return fail(fresh.error());
  }
  // A PUT that changes nothing would start an initial cycle all the same (PRODUCT.md 5).
  if (fields.empty()) return std::string("the template's schema is as the manifest says already");
  if (auto replaced = replace_schema(run, change, *id, *live, *wanted); !replaced) {
    return fail(replaced.error());
  }
  return change.provisional ? paths_of(fields) : std::string();
}

}  // namespace syncwright
