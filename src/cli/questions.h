#pragma once

#include <functional>
#include <string>

#include "cli/session.h"

namespace syncwright::cli {

/// What somebody at a terminal is asked for.
struct Question {
  std::string text;
  std::string prompt;          ///< "Name"; a default stands behind it in brackets
  std::string default_answer;  ///< what an empty line means; empty: nothing
  /// What is wrong with an answer; empty: nothing is.
  std::function<std::string(const std::string&)> fault;
  std::string missing;  ///< "the project has no name", where nobody answers
  std::string advice;   ///< the flag that says it as well
};

/// The answer, without blanks around it. An answer with a fault is asked for again, a few times.
/// Where there is none (the input ends, Ctrl-C), that was said: its exit code. Whoever asks has
/// written nothing yet.
[[nodiscard]] tl::expected<std::string, ExitCode> ask_for(Session& session,
                                                          const Question& question);

/// The name of a project that has none. It is asked for and never derived, since it stays in the
/// tags for good.
[[nodiscard]] tl::expected<std::string, ExitCode> ask_for_project_name(Session& session);

}  // namespace syncwright::cli
