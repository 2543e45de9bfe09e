#pragma once

#include <map>
#include <string>
#include <vector>

#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"
#include "syncwright/report/style.h"

namespace syncwright::report {

/// The words of an apply: of its changes and of how each ended.

[[nodiscard]] Tone tone_of(plan::OutcomeState state);

/// What was made, or why it did not come to that; escaped, maybe empty.
[[nodiscard]] std::string explanation_of(const plan::ChangeOutcome& outcome);

/// "40 of 72 changes done, 1 failed, 31 skipped, 2 held; 55 writes sent", or that nothing was to be
/// done, or that nothing else was.
[[nodiscard]] std::string apply_summary(const plan::ApplyReport& report, const plan::Plan& plan);

/// The changes that an apply left to a person, by application.
[[nodiscard]] std::map<std::string, std::vector<const plan::Change*>> held_changes(
    const plan::Plan& plan);
/// What is said of them. A plan tells of each why, and the command that settles it.
inline constexpr const char* kHeldWords =
    "waiting for a person: a plan tells for what, and what settles it";

/// "340 ms", "3.2 s", "2 min 05 s".
[[nodiscard]] std::string duration_words(Milliseconds duration);

}  // namespace syncwright::report
