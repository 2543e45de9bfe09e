#include "report/words/change_titles.h"

#include "report/words/change_words.h"

namespace syncwright {

ChangeTitles::ChangeTitles(const Plan& plan) {
  for (const Change& change : plan.changes) by_id_.emplace(change.id, title_of(change));
}

std::string ChangeTitles::of(const ChangeOutcome& outcome) const {
  const auto found = by_id_.find(outcome.id);
  return found == by_id_.end() ? title_of(outcome.type, job_of(outcome.id, outcome.application))
                               : found->second;
}

}  // namespace syncwright
