#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/formats.h"

namespace syncwright::cli {

/// The commands that a message tells somebody to type. A way out is one only where it works on the
/// same manifests and the same tenant as the run that prints it, so that its flags are in it. What
/// a shell would read is quoted; a word that repeats a secret of this run is left out.

/// This run's own command line with `flags` added ("--max-deletes 3"). One that is there already
/// takes the new value.
[[nodiscard]] std::string again_with(const Session& session, const std::vector<std::string>& flags);

/// `syncwright COMMAND` where this run works: `command` ("plan --out plan.json") with -e,
/// --emulator, --endpoint and, as far as the command takes them, variables, --only, --selector and
/// PATH.
[[nodiscard]] std::string command_here(const Session& session, const std::string& command);

/// The same of a command on a saved plan, which holds the manifests itself.
[[nodiscard]] std::string command_on_plan(const Session& session, const std::string& command);

/// The text with every `syncwright COMMAND` between backticks as command_here writes it.
[[nodiscard]] std::string with_own_commands(const Session& session, const std::string& text);

/// The plan as people read it: what it advises is something to type.
[[nodiscard]] report::Advised<plan::Plan> with_own_commands(const Session& session,
                                                            const plan::Plan& plan);
/// The same in place, of a plan that nothing else reads any more.
void use_own_commands(const Session& session, plan::Plan& plan);
/// The same of what drifted.
[[nodiscard]] report::Advised<plan::Drift> with_own_commands(const Session& session,
                                                             const plan::Drift& drift);

/// The same of what jobs are told to need.
[[nodiscard]] report::Advised<std::vector<report::StatusRow>> with_own_commands(
    const Session& session, const std::vector<report::StatusRow>& rows);

/// One word of a POSIX shell.
[[nodiscard]] std::string shell_word(const std::string& word);

}  // namespace syncwright::cli
