#include "report/words/outcome_words.h"

#include <fmt/format.h>

#include "report/words/change_words.h"
#include "syncwright/report/escape.h"

namespace syncwright {

Tone tone_of(OutcomeState state) {
  switch (state) {
    case OutcomeState::done:
      return Tone::good;
    case OutcomeState::failed:
    case OutcomeState::unknown:
      return Tone::bad;
    case OutcomeState::stale:
    case OutcomeState::skipped:
      return Tone::change;
  }
  return Tone::plain;
}

std::string explanation_of(const ChangeOutcome& outcome) {
  return escape_terminal(outcome.error ? describe(*outcome.error) : outcome.detail);
}

std::string duration_words(Milliseconds duration) {
  const auto milliseconds = duration.count();
  if (milliseconds < 1000) return fmt::format("{} ms", milliseconds);
  if (milliseconds < 60'000) {
    return fmt::format("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100);
  }
  return fmt::format("{} min {:02} s", milliseconds / 60'000, milliseconds % 60'000 / 1000);
}

ChangeTitles::ChangeTitles(const Plan& plan) {
  for (const Change& change : plan.changes) by_id_.emplace(change.id, title_of(change));
}

std::string ChangeTitles::of(const ChangeOutcome& outcome) const {
  const auto found = by_id_.find(outcome.id);
  return found == by_id_.end() ? title_of(outcome.type, job_of(outcome.id, outcome.application))
                               : found->second;
}

}  // namespace syncwright
