#pragma once

#include <functional>

#include "apply/application_run.h"

namespace syncwright {

/// A write whose body is made from what is live: the tags, the secrets, a schema. Between the read
/// and the write stands no other request, so that what somebody else changes is overwritten only if
/// it comes in that one round trip (docs/architecture.md, "What stays unguarded").
struct WriteFromRead {
  const char* operation;  ///< of the journal
  Subject subject;        ///< of a refusal that a young object's replication explains
  /// Reads, checks, and makes the body as its last step. False where the tenant shows already what
  /// is wanted: nothing is sent. Is called again before the body is sent again.
  std::function<Result<bool>()> make;
  std::function<Result<Written>(std::stop_token)> send;
};

/// Makes and sends until an answer is a success or a refusal, a bounded number of times. False
/// where nothing had to be sent. An error that leaves the run in doubt is that of the last sending:
/// a read-back has to tell what became of it.
[[nodiscard]] Result<bool> write_from_read(ApplicationRun& run, const WriteFromRead& write);

}  // namespace syncwright
