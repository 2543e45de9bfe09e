#include <fmt/format.h>

#include "apply/steps/jobs.h"
#include "apply/steps/step.h"
#include "syncwright/plan/wanted_schema.h"

namespace syncwright::apply {

/// A job's schema is one document of thousands of lines that Graph replaces as a whole, without an
/// ETag, and of which a manifest manages a few (docs/graph.md#5.6,
/// docs/architecture.md#what-stays-unguarded). What makes the write hard is that everything else in
/// the document goes back as somebody else may just have left it. So the document is read, laid
/// over and sent with no other request in between, and read and laid over anew before it is sent
/// again; a body that was kept would undo an edit that was made during a pause. Only the difference
/// is held against the plan: what nobody manages may have changed since.

namespace {

Result<schema::SynchronizationSchema> read_schema(const ApplicationRun& run,
                                                  const plan::Change& change,
                                                  const std::string& id) {
  return poll_read<schema::SynchronizationSchema>(
      run.policy(), job_target(run, change.job, run.session().target("the schema to be readable")),
      [&] { return run.reader().schema(run.service_principal(), id, run.in_flight()); });
}

/// The job itself tells the parameter keys that no document attests. Where it does not answer, the
/// keys of the function table stay.
expression::FunctionKeys function_keys(const ApplicationRun& run, const model::DesiredJob& job,
                                       const std::string& id) {
  if (!job.schema || !schema::needs_function_keys(*job.schema)) return {};
  auto keys = run.reader().function_keys(run.service_principal(), id, run.in_flight());
  return keys ? std::move(*keys) : expression::FunctionKeys{};
}

Error impossible(const std::vector<schema::OverlayProblem>& problems) {
  Error error;
  error.kind = ErrorKind::rejected;
  for (const schema::OverlayProblem& problem : problems) {
    if (!error.message.empty()) error.message += "; ";
    error.message += problem.where.line > 0
                         ? fmt::format("{}:{}: {}: {}", problem.where.file, problem.where.line,
                                       problem.code, problem.message)
                         : fmt::format("{}: {}", problem.code, problem.message);
  }
  error.advice = fmt::format("`syncwright explain {}` says more.", problems.front().code);
  return error;
}

std::string paths_of(const std::vector<schema::FieldChange>& fields) {
  std::string text;
  for (const schema::FieldChange& field : fields)
    text += (text.empty() ? "" : ", ") + field.path.text();
  return text;
}

/// The live document, what it is to become, and the difference.
struct Overlaid {
  schema::SynchronizationSchema live;
  schema::SynchronizationSchema wanted;
  std::vector<schema::FieldChange> fields;
};

Result<Overlaid> overlay_live(const ApplicationRun& run, const plan::Change& change,
                              const std::string& id, const expression::FunctionKeys& functions) {
  auto live = read_schema(run, change, id);
  if (!live) return fail(live.error());
  auto wanted = plan::wanted_schema(desired_job(run, change.job), *live, &functions);
  if (!wanted) return fail(impossible(wanted.error()));
  std::vector<schema::FieldChange> fields = schema::diff(*live, *wanted);
  return Overlaid{std::move(*live), std::move(*wanted), std::move(fields)};
}

/// Waits outside of read and PUT, between which nothing may stand.
class SchemaTurn {
 public:
  explicit SchemaTurn(std::counting_semaphore<>& turns) : turns_(turns) { turns_.acquire(); }
  SchemaTurn(const SchemaTurn&) = delete;
  SchemaTurn& operator=(const SchemaTurn&) = delete;
  ~SchemaTurn() { turns_.release(); }

 private:
  std::counting_semaphore<>& turns_;
};

/// The PUT of one schema: what was sent last, and what came of it.
class SchemaPut {
 public:
  SchemaPut(ApplicationRun& run, const plan::Change& change, std::string job_id)
      : run_(run),
        change_(change),
        id_(std::move(job_id)),
        // Asked for first: nothing stands between the read of the schema and its PUT.
        functions_(function_keys(run, desired_job(run, change.job), id_)) {}

  [[nodiscard]] Result<Confirmed> carry_out() {
    TenantWrite write{
        "schema.put",
        job_target(run_, change_.job, run_.session().target("the job to accept its schema")),
        Resend::after_preparing};
    write.prepare = [this] { return prepare(); };
    write.send = [this](std::stop_token stop) {
      return run_.writer().put_schema(run_.service_principal(), id_, sent_->text(),
                                      std::move(stop));
    };
    write.proof = [this] { return prove(); };
    return run_.write(write);
  }

  /// The paths that the PUT changed.
  [[nodiscard]] std::string changed_paths() const { return paths_of(fields_); }

 private:
  Result<Next> prepare() {
    auto now = overlay_live(run_, change_, id_, functions_);
    if (!now) return fail(now.error());
    // What was sent before and not answered: what it asked for may be there.
    if (sent_ && now->fields.empty()) return Next::nothing;
    if (!change_.provisional) {
      if (auto fresh = check_basis(change_, now->fields); !fresh) return fail(fresh.error());
    }
    // A PUT that changes nothing would start an initial cycle all the same (docs/contract.md#5).
    if (now->fields.empty()) return Next::nothing;
    const std::string& application = run_.desired.name;
    if (auto kept = run_.apply.backup.schema(application, change_.job, now->live.text()); !kept) {
      return fail(kept.error());
    }
    sent_ = std::move(now->wanted);
    fields_ = std::move(now->fields);
    return Next::send;
  }

  /// A schema PUT is visible at once (docs/graph.md#6): there is no lag to wait for, and what is
  /// there instead is there for good.
  Evidence prove() {
    run_.announce(reads_after_change(run_));
    const auto stored = read_schema(run_, change_, id_);
    if (!stored) {
      return {Evidence::Kind::unread,
              within(stored.error(), "the schema was sent and cannot be read back")};
    }
    const std::vector<schema::FieldChange> differences = schema::diff(*sent_, *stored);
    if (differences.empty()) return {};
    return {Evidence::Kind::different,
            stored_differently(fmt::format("stored differently: {}", paths_of(differences)))};
  }

  ApplicationRun& run_;
  const plan::Change& change_;
  const std::string id_;
  const expression::FunctionKeys functions_;
  std::optional<schema::SynchronizationSchema> sent_;
  std::vector<schema::FieldChange> fields_;  ///< that the PUT changed
};

}  // namespace

StepResult put_schema(ApplicationRun& run, const plan::Change& change) {
  const auto id = job_id(run, change.job);
  if (!id) return fail(id.error());
  const SchemaTurn turn(run.apply.schema_turns);
  SchemaPut put(run, change, *id);
  const auto written = put.carry_out();
  if (!written) return fail(written.error());
  if (*written == Confirmed::already) {
    return std::string("the template's schema is as the manifest says already");
  }
  return change.provisional ? put.changed_paths() : std::string();
}

}  // namespace syncwright::apply
