#include "cli/job_action.h"

#include "cli/deletion_quarantine.h"
#include "cli/hold.h"
#include "cli/tag_edit.h"
#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::cli {
namespace {

/// A scope that was narrowed counts after a restart, whoever does it: what was due is settled.
Result<void> settle_due_restart(Session& session, Connection& connection, const JobTarget& target) {
  // The tags as they are now: the list that the target was found by may be older.
  const EditOf settle = [&target](const std::vector<std::string>& tags) {
    return awaits_restart(tags, target.job.id) ? after_restart(tags, target.others) : TagEdit{};
  };
  auto settled = edit_tags(session, connection, target.service_principal_id, settle);
  if (!settled) {
    return fail(within(settled.error(), "the job is restarted, but its tag still calls for it"));
  }
  return settled;
}

void note_hold(Session& session, const JobTarget& target) {
  if (hold_reason(target.tags)) {
    session.console.note(
        "The hold stays: later applies leave the application's jobs as they are until `job start "
        "--release`.");
  }
}

Result<Written> start(Session& session, Connection& connection, const JobOrder& order,
                      const JobTarget& target) {
  if (order.release) {
    auto released = set_hold(session, connection, target.service_principal_id, std::nullopt);
    if (!released) {
      return fail(released.error());
    }
  } else {
    note_hold(session, target);
  }
  return GraphWriter(connection.graph())
      .start_job(target.service_principal_id, target.job.id, session.stop);
}

Result<Written> pause(Session& session, Connection& connection, const JobOrder& order,
                      const JobTarget& target) {
  if (order.hold) {
    auto held = set_hold(session, connection, target.service_principal_id, order.hold);
    if (!held) {
      return fail(held.error());
    }
  }
  return GraphWriter(connection.graph())
      .pause_job(target.service_principal_id, target.job.id, session.stop);
}

Result<Written> restart(Session& session, Connection& connection, const JobOrder& order,
                        const std::string& application, const JobTarget& target) {
  const std::string& principal = target.service_principal_id;
  const auto scope =
      restart_scope(session, connection, {application, order.job, principal, target.job},
                    {order.accept_deletes, order.reject_deletes});
  if (!scope) {
    return fail(scope.error());
  }
  GraphWriter writer(connection.graph());
  auto written = writer.restart_job(principal, target.job.id, *scope, session.stop);
  // Accepting deletes reads nobody anew: it is not the restart that a narrowed scope waits for.
  if (!written || order.accept_deletes) {
    return written;
  }
  if (auto settled = settle_due_restart(session, connection, target); !settled) {
    return fail(settled.error());
  }
  note_hold(session, target);
  return written;
}

Result<JobDone> done_as(const char* word, const JobTarget& target, const Result<Written>& written) {
  if (!written) {
    return fail(written.error());
  }
  return JobDone{word, target.job.id, written->request_id};
}

/// The hold outlived the job: there is nothing to start, and later applies are free again.
Result<JobDone> release_alone(Session& session, Connection& connection,
                              const std::string& service_principal_id) {
  auto released = set_hold(session, connection, service_principal_id, std::nullopt);
  if (!released) {
    return fail(released.error());
  }
  return JobDone{"released", std::nullopt, std::nullopt};
}

}  // namespace

Result<JobDone> carry_out_order(Session& session, Connection& connection, const JobOrder& order,
                                const NamedJob& named) {
  if (!named.held.job) {
    return release_alone(session, connection, named.held.service_principal_id);
  }
  const JobTarget& target = *named.held.job;
  switch (order.action) {
    case JobAction::start:
      return done_as("started", target, start(session, connection, order, target));
    case JobAction::pause:
      return done_as("paused", target, pause(session, connection, order, target));
    case JobAction::restart:
      return done_as("restarted", target,
                     restart(session, connection, order, named.application, target));
  }
  return fail(ErrorKind::internal, "unknown job action");
}

}  // namespace syncwright::cli
