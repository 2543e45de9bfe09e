#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/job_target.h"

namespace syncwright::cli {

enum class JobAction { start, pause, restart };

/// What an operator orders, for the job of this key in each application named.
struct JobOrder {
  JobAction action = JobAction::pause;
  std::string job = "default";
  std::optional<std::string> hold;             ///< pause
  bool release = false;                        ///< start
  std::optional<std::int64_t> accept_deletes;  ///< restart
  bool reject_deletes = false;                 ///< restart
  bool auto_approve = false;
};

/// What became of one application's job.
struct JobDone {
  std::string done;                   ///< "paused"
  std::optional<std::string> job_id;  ///< none: there was no job, and only its hold was released
  std::optional<std::string> request_id;
};

/// The order, carried out on one application.
[[nodiscard]] Result<JobDone> carry_out_order(Session& session, Connection& connection,
                                              const JobOrder& order, const NamedJob& named);

}  // namespace syncwright::cli
