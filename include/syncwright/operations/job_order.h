#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/apply/journal.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_write/graph_writer.h"
#include "syncwright/operations/job_target.h"

namespace syncwright::operations {

/// The doors to the outside that an operation uses. All outlive it.
struct OperationWorld {
  graph_read::GraphConnection& graph;
  graph_read::GraphReader& reader;
  graph_write::GraphWriter& writer;
  apply::Journal& journal;
  Clock& clock;
  std::stop_token stop;  ///< ends waits and requests in flight
};

/// What is done to a job.
enum class JobAction { start, pause, restart };
/// "start", as commands and the journal spell it.
[[nodiscard]] const char* to_string(JobAction action);

/// What an operator orders, for the job of this key in each application named.
struct JobOrder {
  JobAction action = JobAction::pause;
  std::string job = "default";
  std::optional<std::string> hold;             ///< pause: why later applies must not start it
  bool release = false;                        ///< start: lets go of a hold
  std::optional<std::int64_t> accept_deletes;  ///< restart: up to so many objects
  bool reject_deletes = false;                 ///< restart
};

/// What became of one application's job.
struct JobDone {
  std::string done;                   ///< "paused"
  std::optional<std::string> job_id;  ///< none: there was no job, and only its hold was released
  std::optional<std::string> request_id;  ///< none: no answer told it
};

/// The order, carried out on one application: the hold's tag and the job's state, each written by
/// write_confirmed. A hold is set before its job is paused and let go of before its job is started,
/// so that no apply comes in between. An application without that job only loses its hold.
[[nodiscard]] Result<JobDone> carry_out_order(const OperationWorld& world, const JobOrder& order,
                                              const NamedJob& named);

/// Whether an order starts the job although a hold stays, of which its operator is to hear.
[[nodiscard]] bool leaves_hold(const JobOrder& order, const NamedJob& named);

/// [A-Za-z0-9 ,._#/-]{1,100}: what becomes part of a tag and is shown by every later plan.
[[nodiscard]] bool is_hold_reason(const std::string& text);

}  // namespace syncwright::operations
