#pragma once

#include <memory>
#include <optional>

#include "cli/options.h"
#include "syncwright/core/environment.h"
#include "syncwright/core/virtual_clock.h"
#include "syncwright/http/transport.h"

namespace syncwright::cli {

/// The clock of this run: the system's, or with SYNCWRIGHT_CLOCK=virtual one whose waits take no
/// time (docs/emulator.md#its-clock). Made and destroyed on the main thread.
class RunClock {
 public:
  /// Such a clock is for the emulator alone: the embedded one, whose tenant then lives on this very
  /// clock, or a served one, whose clock it moves and follows. An Error (a usage error) elsewhere.
  [[nodiscard]] static Result<std::unique_ptr<RunClock>> make(const GlobalOptions& options,
                                                              const Environment& environment);

  [[nodiscard]] Clock& clock();

 private:
  void start_virtual(Milliseconds ahead, VirtualClock::MoveShared move_shared);

  SystemClock wall_;
  std::unique_ptr<http::HttpTransport> to_emulator_;  ///< null but for a served one
  std::optional<VirtualClock> virtual_;
  std::optional<ObservedThread> main_thread_;  ///< last: ends before the clock that counts it
};

}  // namespace syncwright::cli
