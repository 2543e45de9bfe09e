#pragma once

#include <vector>

#include "cli/completion.h"
#include "cli/session.h"

namespace syncwright::cli {

enum class PathsWanted { none, files, folders };

/// What may stand where somebody writes. `words` begin with what is written.
struct CompletionAnswer {
  PathsWanted paths = PathsWanted::none;  ///< the shell completes these itself
  std::vector<Candidate> words;
};

/// Offline, and from whatever can be read of the project: faults of manifests are not told, and
/// what hangs on an environment that is not named is taken from the first one.
[[nodiscard]] CompletionAnswer answer_completion(const Session& session,
                                                 const CompletionRequest& request);

}  // namespace syncwright::cli
