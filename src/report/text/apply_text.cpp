#include "syncwright/report/apply_text.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "report/words/change_words.h"
#include "report/words/outcome_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kLabelWidth = 9;

/// What was not begun of one application.
struct Skipped {
  std::vector<const plan::ChangeOutcome*> outcomes;
  bool is_whole = true;  ///< nothing else of the application was begun either
};

std::map<std::string, Skipped> skipped_by_application(const plan::ApplyReport& report) {
  std::map<std::string, Skipped> skipped;
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    Skipped& one = skipped[outcome.change->application];
    if (outcome.state == plan::OutcomeState::skipped) {
      one.outcomes.push_back(&outcome);
    } else {
      one.is_whole = false;
    }
  }
  std::erase_if(skipped, [](const auto& each) { return each.second.outcomes.empty(); });
  return skipped;
}

/// Applications that were not begun, all for the same reason.
struct Untouched {
  std::vector<std::string> names;
  std::size_t changes = 0;
};

/// By the reason. One application alone tells more by naming its changes.
std::map<std::string, Untouched> untouched_by_reason(
    const std::map<std::string, Skipped>& skipped) {
  std::map<std::string, Untouched> untouched;
  for (const auto& [name, one] : skipped) {
    if (!one.is_whole) continue;
    Untouched& alike = untouched[explanation_of(*one.outcomes.front())];
    alike.names.push_back(escape_terminal(name));
    alike.changes += one.outcomes.size();
  }
  std::erase_if(untouched, [](const auto& each) { return each.second.names.size() < 2; });
  return untouched;
}

void append_entry(Page& page, const std::string& label, Tone tone, const std::string& what,
                  const std::string& explanation) {
  page.line();
  page.line(fmt::format("{}  {}", page.paint(tone, pad(label, kLabelWidth - 2)), what));
  if (!explanation.empty()) page.paragraph(kLabelWidth, explanation);
}

void append_entry(Page& page, plan::OutcomeState state, const std::string& what,
                  const std::string& explanation) {
  append_entry(page, to_string(state), tone_of(state), what, explanation);
}

void append_advice(Page& page, const std::string& advice) {
  if (advice.empty()) return;
  for (const std::string& line : split_lines(advice)) {
    page.paragraph(kLabelWidth, escape_terminal(line), Tone::faint);
  }
}

std::string title_in_full(const Page& page, const plan::Change& change) {
  return fmt::format("{}  {}", page.paint(Tone::strong, escape_terminal(change.application)),
                     title_of(change));
}

void append_skipped(Page& page, const std::string& application, const Skipped& skipped) {
  std::vector<std::string> names;
  names.reserve(skipped.outcomes.size());
  for (const plan::ChangeOutcome* outcome : skipped.outcomes) {
    names.push_back(title_of(*outcome->change));
  }
  append_entry(page, plan::OutcomeState::skipped,
               fmt::format("{}  {}", page.paint(Tone::strong, escape_terminal(application)),
                           fmt::join(names, ", ")),
               explanation_of(*skipped.outcomes.front()));
}

/// What was not begun, by application: after Ctrl-C nobody looks for one name among all changes.
void append_all_skipped(Page& page, const plan::ApplyReport& report) {
  const auto skipped = skipped_by_application(report);
  const auto untouched = untouched_by_reason(skipped);
  for (const auto& [application, one] : skipped) {
    const bool is_told_below =
        one.is_whole && untouched.contains(explanation_of(*one.outcomes.front()));
    if (!is_told_below) append_skipped(page, application, one);
  }
  for (const auto& [reason, alike] : untouched) {
    append_entry(page, plan::OutcomeState::skipped,
                 fmt::format("{}, {}", count_words(alike.names.size(), "application"),
                             count_words(alike.changes, "change")),
                 reason);
    page.paragraph(kLabelWidth, fmt::format("{}", fmt::join(alike.names, ", ")), Tone::strong);
  }
}

void append_outcome(Page& page, const plan::ChangeOutcome& outcome) {
  append_entry(page, outcome.state, title_in_full(page, *outcome.change), explanation_of(outcome));
  if (outcome.error) append_advice(page, outcome.error->advice);
}

/// What waits for a person: the rest was carried out without it.
void append_held(Page& page, const plan::Plan& plan) {
  for (const plan::Change& change : plan.changes) {
    if (change.status != plan::ChangeStatus::held || !change.refusal) continue;
    append_entry(page, to_string(change.status), Tone::change, title_in_full(page, change),
                 escape_terminal(change.refusal->message));
    append_advice(page, change.refusal->advice);
  }
}

std::string next_step(const plan::ApplyReport& report, bool reviewed) {
  const bool failed = report.count(plan::OutcomeState::failed) > 0;
  // Nothing written: the same plan is as fresh as before.
  if (reviewed && report.writes() > 0) {
    return failed ? "Mend what failed, plan again and apply the new plan"
                  : "Plan again and apply the new plan";
  }
  return failed ? "Mend what failed and apply again" : "Run apply again";
}

void append_file(Page& page, std::string_view label, const std::string& path) {
  if (!path.empty()) page.fact(0, label, kLabelWidth, escape_terminal(path));
}

}  // namespace

std::string render_apply_summary(const plan::ApplyReport& report, const plan::Plan& plan,
                                 const Style& style, bool reviewed) {
  Page page(style);
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    if (outcome.state == plan::OutcomeState::done || outcome.state == plan::OutcomeState::skipped)
      continue;
    append_outcome(page, outcome);
  }
  append_all_skipped(page, report);
  append_held(page, plan);
  page.line();
  append_file(page, "journal", report.journal);
  append_file(page, "backup", report.backup);
  const bool good = report.all_done() && !report.interrupted;
  page.line(page.paint(good ? Tone::good : Tone::bad,
                       fmt::format("{}: {}.", report.interrupted ? "Interrupted" : "Apply",
                                   outcome_counts(report))));
  if (!good) {
    page.line(next_step(report, reviewed) + ": it goes on where this run stopped.");
  }
  return page.take();
}

}  // namespace syncwright::report
