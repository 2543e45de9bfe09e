#pragma once

#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/core/rare.h"
#include "syncwright/plan/change.h"

namespace syncwright::plan {

/// How a change ended. The spelling is part of the report format.
enum class OutcomeState {
  done,
  failed,
  stale,    ///< the tenant changed since the plan was made: not written
  skipped,  ///< something before it did not get done
  unknown,  ///< a write whose answer was lost or interrupted, and that could not be read back
};
[[nodiscard]] const char* to_string(OutcomeState state);

/// What became of one change of an apply.
struct ChangeOutcome {
  const Change* change = nullptr;  ///< of the plan, which outlives the outcome
  OutcomeState state = OutcomeState::done;
  int writes = 0;  ///< that took effect or may have; refused ones do not count
  Milliseconds duration{0};
  std::string detail;  ///< what was made ("service principal 5b0d...") or why it was skipped
  Rare<Error> error;   ///< where failed, stale, unknown, or left out by a refusal
};

/// How an apply ended. Outcomes by application, then in the plan's order; the plan outlives them.
struct ApplyReport {
  std::vector<ChangeOutcome> outcomes;
  bool interrupted = false;
  std::string journal;  ///< path of the journal
  std::string backup;   ///< folder of the backups, empty where none was needed

  [[nodiscard]] int count(OutcomeState state) const;
  [[nodiscard]] int writes() const;
  [[nodiscard]] bool all_done() const;
};
[[nodiscard]] Json to_json(const ApplyReport& report);

/// Hears of an apply while it runs; called from many threads, one call at a time.
class ApplyListener {
 public:
  virtual ~ApplyListener() = default;
  virtual void started(const Change& change) = 0;
  /// A wait on the tenant: `what` says on what ("service principal to be readable"), since
  /// `elapsed`, given up after `limit`. Called at each try.
  virtual void waiting(const Change& change, const std::string& what, Milliseconds elapsed,
                       Milliseconds limit) = 0;
  virtual void finished(const ChangeOutcome& outcome) = 0;
};

}  // namespace syncwright::plan
