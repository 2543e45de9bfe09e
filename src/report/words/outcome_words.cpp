#include "report/words/outcome_words.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

Tone tone_of(plan::OutcomeState state) {
  switch (state) {
    case plan::OutcomeState::done:
      return Tone::good;
    case plan::OutcomeState::failed:
    case plan::OutcomeState::unknown:
      return Tone::bad;
    case plan::OutcomeState::stale:
    case plan::OutcomeState::skipped:
      return Tone::change;
  }
  return Tone::plain;
}

std::string explanation_of(const plan::ChangeOutcome& outcome) {
  return escape_terminal(outcome.error ? describe(*outcome.error) : outcome.detail);
}

std::string apply_summary(const plan::ApplyReport& report, const plan::Plan& plan) {
  const std::size_t held = plan.count(plan::ChangeStatus::held);
  if (report.outcomes.empty()) {
    return held > 0 ? "Nothing was written: what is left is held" : "Nothing was to be done";
  }
  std::vector<std::string> parts;
  constexpr std::array others{plan::OutcomeState::failed, plan::OutcomeState::stale,
                              plan::OutcomeState::unknown, plan::OutcomeState::skipped};
  for (const plan::OutcomeState state : others) {
    const int count = report.count(state);
    if (count > 0) parts.push_back(fmt::format("{} {}", count, to_string(state)));
  }
  if (held > 0) parts.push_back(fmt::format("{} held", held));
  std::string text = fmt::format("{} of {} done", report.count(plan::OutcomeState::done),
                                 count_words(report.outcomes.size(), "change"));
  if (!parts.empty()) text += fmt::format(", {}", fmt::join(parts, ", "));
  return fmt::format("{}; {} sent", text,
                     count_words(static_cast<std::size_t>(report.writes()), "write"));
}

std::map<std::string, std::vector<const plan::Change*>> held_changes(const plan::Plan& plan) {
  std::map<std::string, std::vector<const plan::Change*>> held;
  for (const plan::Change& change : plan.changes) {
    if (change.status == plan::ChangeStatus::held) held[change.application].push_back(&change);
  }
  return held;
}

std::string duration_words(Milliseconds duration) {
  const auto milliseconds = duration.count();
  if (milliseconds < 1000) return fmt::format("{} ms", milliseconds);
  if (milliseconds < 60'000) {
    return fmt::format("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100);
  }
  return fmt::format("{} min {:02} s", milliseconds / 60'000, milliseconds % 60'000 / 1000);
}

}  // namespace syncwright::report
