#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/session.h"

namespace CLI {
class App;
}

namespace syncwright::cli {

/// Completion of a command line: what is asked (completion_request.cpp), and the answer
/// (completion_values.cpp).

/// A word that may stand where somebody writes, and what it means.
struct Candidate {
  std::string value;
  std::string note{};
};

/// What stands on a command line that somebody is still writing, and what is asked for at its end.
struct CompletionRequest {
  std::string command;                 ///< "plan", "job"; empty: none yet
  std::string argument;                ///< "--app", "PATH": whose value is written; empty: none's
  std::string written;                 ///< of the last word what the candidates must begin with
  std::string before;                  ///< of the last word what stands before that: "--app="
  std::vector<Candidate> vocabulary;   ///< commands or flags that may stand here
  std::vector<std::string> positions;  ///< what is given beside flags
  bool takes_paths = false;            ///< whether `positions` are PATHs
  std::map<std::string, std::vector<std::string>> flags;  ///< given, by long name

  /// The last value that was given for a flag; empty: none.
  [[nodiscard]] std::string value_of(const std::string& flag) const;
};

/// `words` are those behind the program's name; the last is the one that is being written, empty
/// where it is not begun. Never fails: of what is not understood, nothing is asked.
[[nodiscard]] CompletionRequest read_completion(const CLI::App& app,
                                                std::vector<std::string> words);

/// Which paths may stand where somebody writes.
enum class PathsWanted { none, files, folders };

/// What may stand where somebody writes. `words` begin with what is written.
struct CompletionAnswer {
  PathsWanted paths = PathsWanted::none;  ///< the shell completes these itself
  std::vector<Candidate> words;
};

/// Offline, and from whatever can be read of the project: faults of manifests are not reported, and
/// where no environment is named the first one counts.
[[nodiscard]] CompletionAnswer answer_completion(const Session& session,
                                                 const CompletionRequest& request);

}  // namespace syncwright::cli
