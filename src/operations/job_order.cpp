#include "syncwright/operations/job_order.h"

#include <fmt/format.h>

#include <algorithm>

#include "operations/deletion_quarantine.h"
#include "syncwright/apply/principal_edit.h"

namespace syncwright::operations {

namespace {

/// One order on one application, with the session of its writes. Its age is left open, so that the
/// application counts as old: what is refused is told to the operator at once.
class JobOperation {
 public:
  JobOperation(const OperationWorld& world, const JobOrder& order, const NamedJob& named)
      : world_(world),
        order_(order),
        named_(named),
        session_(world.journal,
                 {world.clock, model::kSettleWindow, apply::kWaitDeadline, world.stop, {}},
                 world.stop) {
    session_.begin(
        fmt::format("{}/jobs/{}/{}", named.application, order.job, to_string(order.action)));
  }

  [[nodiscard]] Result<JobDone> carry_out() {
    if (!named_.held.job) return release_alone();
    switch (order_.action) {
      case JobAction::start:
        return report("started", start(*named_.held.job));
      case JobAction::pause:
        return report("paused", pause(*named_.held.job));
      case JobAction::restart:
        return report("restarted", restart(*named_.held.job));
    }
    return fail(ErrorKind::internal, "unknown job action");
  }

 private:
  using EditOf = std::function<model::TagEdit(const std::vector<std::string>& tags)>;

  Result<void> edit_tags(const EditOf& edit_of) {
    const auto edit =
        [&](const graph_read::GraphReader::ServicePrincipal& now) -> Result<model::TagEdit> {
      return edit_of(now.tags);
    };
    const auto edited = apply::edit_principal(session_, world_.reader, world_.writer,
                                              {named_.held.service_principal_id, edit});
    return edited ? Result<void>() : fail(edited.error());
  }

  /// Writes the hold's tag; nullopt removes it.
  Result<void> set_hold(const std::optional<std::string>& reason) {
    return edit_tags([&reason](const std::vector<std::string>&) {
      model::TagEdit edit{{}, {std::string(model::kHoldTag)}};
      if (reason) edit.add.push_back(model::hold_tag(*reason));
      return edit;
    });
  }

  /// A narrowed scope takes effect with the next restart, no matter who orders it: the tag that
  /// calls for one goes.
  Result<void> clear_due_restart(const JobTarget& target) {
    // The tags as they are now: the list that the target was found by may be older.
    const auto cleared = edit_tags([&target](const std::vector<std::string>& tags) {
      return model::awaits_restart(tags, target.job.id) ? model::after_restart(tags, target.others)
                                                        : model::TagEdit{};
    });
    if (cleared) return {};
    return fail(within(cleared.error(), "the job is restarted, but its tag still calls for it"));
  }

  using Send = std::function<Result<graph_write::Written>(std::stop_token)>;

  /// Sends the request, and reads back until the job's schedule says so. `next`: whether it tells
  /// that as well where the answer was lost.
  Result<void> turn(const JobTarget& target, const char* operation, bool started, apply::Next next,
                    const Send& send) {
    apply::TenantWrite write{operation, session_.target("the job to take the request"),
                             apply::Resend::when_answered};
    write.prepare = [next] { return next; };
    write.send = [&](std::stop_token stop) {
      auto written = send(std::move(stop));
      if (written) request_id_ = written->request_id;
      return written;
    };
    write.proof = apply::proof_by(
        session_, started ? "the job to be started" : "the job to be stopped",
        [&] { return world_.reader.job(target.service_principal_id, target.job.id, world_.stop); },
        [started](const auto& now) { return now && now->is_started() == started; });
    const auto turned = apply::write_confirmed(session_, write);
    return turned ? Result<void>() : fail(turned.error());
  }

  Result<void> start(const JobTarget& target) {
    if (order_.release) {
      if (auto released = set_hold(std::nullopt); !released) return released;
    }
    // A job that is started already is in quarantine, which its schedule does not show.
    const apply::Next next = target.job.is_started() ? apply::Next::send_unseen : apply::Next::send;
    return turn(target, "job.start", true, next, [&](std::stop_token stop) {
      return world_.writer.start_job(target.service_principal_id, target.job.id, std::move(stop));
    });
  }

  Result<void> pause(const JobTarget& target) {
    if (order_.hold) {
      if (auto held = set_hold(order_.hold); !held) return held;
    }
    return turn(target, "job.pause", false, apply::Next::send, [&](std::stop_token stop) {
      return world_.writer.pause_job(target.service_principal_id, target.job.id, std::move(stop));
    });
  }

  Result<void> restart(const JobTarget& target) {
    const auto scope = restart_scope(
        world_, {named_.application, order_.job, target.service_principal_id, target.job},
        {order_.accept_deletes, order_.reject_deletes});
    if (!scope) return fail(scope.error());
    auto turned =
        turn(target, "job.restart", true, apply::Next::send_unseen, [&](std::stop_token stop) {
          return world_.writer.restart_job(target.service_principal_id, target.job.id, *scope,
                                           std::move(stop));
        });
    // A restart that accepts deletes does not look at everybody again, so that it is not the one
    // that a narrowed scope waits for.
    if (!turned || order_.accept_deletes) return turned;
    return clear_due_restart(target);
  }

  Result<JobDone> report(const char* word, const Result<void>& turned) {
    if (!turned) return fail(turned.error());
    return JobDone{word, named_.held.job->job.id, request_id_};
  }

  /// The hold is still there and the job is not: nothing is started, and later applies are free
  /// again.
  Result<JobDone> release_alone() {
    if (auto released = set_hold(std::nullopt); !released) return fail(released.error());
    return JobDone{"released", std::nullopt, std::nullopt};
  }

  const OperationWorld& world_;
  const JobOrder& order_;
  const NamedJob& named_;
  apply::WriteSession session_;
  std::optional<std::string> request_id_;
};

}  // namespace

const char* to_string(JobAction action) {
  switch (action) {
    case JobAction::start:
      return "start";
    case JobAction::pause:
      return "pause";
    case JobAction::restart:
      return "restart";
  }
  return "";
}

Result<JobDone> carry_out_order(const OperationWorld& world, const JobOrder& order,
                                const NamedJob& named) {
  return JobOperation(world, order, named).carry_out();
}

bool leaves_hold(const JobOrder& order, const NamedJob& named) {
  const bool starts = (order.action == JobAction::start && !order.release) ||
                      (order.action == JobAction::restart && !order.accept_deletes);
  return starts && named.held.job && model::hold_reason(named.held.job->tags);
}

bool is_hold_reason(const std::string& text) {
  constexpr std::size_t longest = 100;
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 ||
                  std::string_view(" ,._#/-").find(static_cast<char>(c)) != std::string_view::npos;
         });
}

}  // namespace syncwright::operations
