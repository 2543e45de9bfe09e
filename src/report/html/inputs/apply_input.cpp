#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "report/html/inputs/page_parts.h"
#include "report/html/inputs/plan_parts.h"
#include "report/words/outcome_words.h"
#include "syncwright/core/text.h"

// The page of an apply judges by what became of each change, not by what the plan says is to be
// done: what was applied is no difference any more, and what was not begun has not failed. How the
// jobs fared was read before anything was written, so that it is told as such and judges nothing.

namespace syncwright::report {
namespace html {
namespace {

PageStep::State state_of(plan::OutcomeState state) {
  switch (state) {
    case plan::OutcomeState::done:
      return PageStep::State::done;
    case plan::OutcomeState::failed:
      return PageStep::State::failed;
    case plan::OutcomeState::stale:
      return PageStep::State::stale;
    case plan::OutcomeState::skipped:
      return PageStep::State::skipped;
    case plan::OutcomeState::unknown:
      return PageStep::State::unknown;
  }
  return PageStep::State::unknown;
}

/// A step that was refused or held stays so, with its refusal; the outcome has the advice as people
/// are to type it.
void tell_outcome(PageStep& step, const plan::ChangeOutcome& outcome) {
  if (step.state != PageStep::State::planned) {
    if (outcome.error && !outcome.error->advice.empty()) step.advice = outcome.error->advice;
    return;
  }
  step.state = state_of(outcome.state);
  step.outcome = outcome.error ? describe(*outcome.error) : explanation_of(outcome);
  step.advice = outcome.error ? outcome.error->advice : "";
}

void tell_outcomes(std::vector<PageApplication>& cards, const plan::ApplyReport& report,
                   const plan::Plan& plan) {
  std::map<const plan::Change*, const plan::ChangeOutcome*> outcomes;
  for (const plan::ChangeOutcome& outcome : report.outcomes) outcomes[outcome.change] = &outcome;
  std::map<std::string, std::size_t> steps;  // that were seen, by application
  for (const plan::Change& change : plan.changes) {
    PageStep& step = card_of(cards, change.application).steps[steps[change.application]++];
    const auto outcome = outcomes.find(&change);
    if (outcome != outcomes.end()) tell_outcome(step, *outcome->second);
  }
}

bool has_step(const PageApplication& card, PageStep::State state) {
  return std::any_of(card.steps.begin(), card.steps.end(),
                     [state](const PageStep& step) { return step.state == state; });
}

/// --skip-blocked leaves out a whole application for one refused change.
bool is_left_out(const PageApplication& card) {
  return has_step(card, PageStep::State::refused);
}

bool is_changed(const PageApplication& card) {
  return !card.steps.empty() &&
         std::all_of(card.steps.begin(), card.steps.end(),
                     [](const PageStep& step) { return step.state == PageStep::State::done; });
}

/// State and word of a card: the worst that became of its steps.
void judge_steps(PageApplication& card) {
  if (card.steps.empty()) return;
  const auto judge = [&card](PageState state, const char* word) {
    card.word = word;
    worsen(card, state);
  };
  const bool is_begun = has_step(card, PageStep::State::done);
  if (is_left_out(card)) {
    judge(PageState::refused, "left out");
    card.notes.emplace_back("Left out of this apply: nothing was written to it.");
  } else if (has_step(card, PageStep::State::failed)) {
    judge(PageState::failed, "failed");
  } else if (has_step(card, PageStep::State::unknown)) {
    judge(PageState::unfinished, "outcome not known");
  } else if (has_step(card, PageStep::State::stale)) {
    judge(PageState::unfinished, "stale");
  } else if (has_step(card, PageStep::State::held)) {
    judge(PageState::refused, is_begun ? "done but for what is held" : "held");
  } else if (is_changed(card)) {
    judge(PageState::applied, "done");
  } else if (is_begun) {
    judge(PageState::unfinished, "interrupted");
  } else {
    judge(PageState::not_begun, "not begun");
  }
}

void tell_earlier_health(PageInput& page, const plan::Plan& plan) {
  for (const plan::Health& health : plan.health) {
    PageApplication& card = card_of(page.applications, health.application);
    card.notes.push_back(fmt::format("Before this apply, job {}: {}", health.job, health.message));
    worsen(card, PageState::attention);
  }
  if (!plan.health.empty()) page.reading += " How jobs fared is told as it was before this apply.";
}

void set_apply_verdict(PageInput& page, bool interrupted) {
  std::map<PageState, std::size_t> counts;
  std::size_t changed = 0;
  std::size_t left_out = 0;
  std::size_t held = 0;
  for (const PageApplication& card : page.applications) {
    ++counts[card.state];
    if (is_changed(card)) ++changed;
    if (is_left_out(card)) {
      ++left_out;
    } else if (card.state == PageState::refused) {
      ++held;
    }
  }
  const std::tuple<PageState, std::size_t, const char*> rows[] = {
      {PageState::failed, counts[PageState::failed], "failed"},
      {PageState::refused, left_out, "left out"},
      {PageState::refused, held, "held"},
      {PageState::unread, counts[PageState::unread], "not read"},
      {PageState::unfinished, counts[PageState::unfinished], "not finished"},
      {PageState::not_begun, counts[PageState::not_begun], "not begun"},
      {PageState::applied, changed, "changed"},
  };
  page.state = interrupted ? PageState::unfinished : PageState::in_step;
  std::vector<std::string> parts;
  for (const auto& [state, count, word] : rows) {
    if (count == 0) continue;
    page.state = std::min(page.state, state);
    parts.push_back(fmt::format(
        "{} {}", parts.empty() ? count_words(count, "application") : std::to_string(count), word));
  }
  if (parts.empty()) parts.emplace_back("Nothing was to be done");
  page.verdict = fmt::format("{}{}", interrupted ? "Interrupted: " : "", fmt::join(parts, ", "));
}

}  // namespace
}  // namespace html

PageInput page_of_apply(const plan::ApplyReport& report, const plan::Plan& plan,
                        const PageFacts& facts) {
  PageInput page = html::page_with_plan("apply", plan, facts);
  html::tell_outcomes(page.applications, report, plan);
  for (PageApplication& card : page.applications) html::judge_steps(card);
  html::tell_earlier_health(page, plan);
  html::set_apply_verdict(page, report.interrupted);
  page.summary = apply_summary(report, plan) + ".";
  if (report.interrupted) {
    page.notices.push_back({PageState::unfinished, "The run was interrupted.",
                            "The next apply goes on where this one stopped."});
  }
  if (!report.backup.empty()) {
    page.notices.push_back(
        {PageState::attention, "What was replaced is kept in " + report.backup, ""});
  }
  return page;
}

}  // namespace syncwright::report
