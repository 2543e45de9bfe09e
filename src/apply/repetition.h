#pragma once

#include <string>

#include "apply/application_run.h"

namespace syncwright {

/// Whether the same request may be answered well in a moment: nobody answered, or the service was
/// not able to.
[[nodiscard]] bool is_passing(const Error& error);

/// Whether the service itself said that it did not do what was asked. It may have done so all the
/// same, but what a look does not show within the time that lists lag can then be asked for again.
/// Where a gateway answered, or nobody, it may still come.
[[nodiscard]] bool is_answered(const Error& error);

/// How often one request is sent, and how long the pauses between are. The transport repeats what
/// can be repeated without a look (http/transport.h); this is for what is sent after a look.
class Repetition {
 public:
  Repetition(const ApplicationRun& run, std::string what, int most_sends)
      : run_(run), what_(std::move(what)), sends_left_(most_sends - 1) {}

  /// True when the request is to be sent again: a pause lies behind it then, as long as the server
  /// asked for or a growing one. False when that was the last time or the run is to stop.
  [[nodiscard]] bool again_after(const Error& error);
  /// The error of what is not sent again: `last`, or that the run was stopped before it did
  /// anything.
  [[nodiscard]] Error given_up(Error last) const;

 private:
  const ApplicationRun& run_;
  std::string what_;
  int sends_left_;
  Milliseconds delay_{500};
};

}  // namespace syncwright
