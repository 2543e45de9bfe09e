#include "syncwright/report/apply_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
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

/// "crm  create job default, start job default"
std::string titles_of(const Page& page, const std::string& application,
                      const std::vector<const plan::Change*>& changes) {
  std::vector<std::string> titles;
  titles.reserve(changes.size());
  for (const plan::Change* change : changes) titles.push_back(title_of(*change));
  return fmt::format("{}  {}", page.paint(Tone::strong, escape_terminal(application)),
                     fmt::join(titles, ", "));
}

/// An entry for each reason, in the order of the changes.
void append_skipped(Page& page, const std::string& application, const Skipped& skipped) {
  std::vector<std::string> reasons;
  std::map<std::string, std::vector<const plan::Change*>> by_reason;
  for (const plan::ChangeOutcome* outcome : skipped.outcomes) {
    const std::string reason = explanation_of(*outcome);
    auto& changes = by_reason[reason];
    if (changes.empty()) reasons.push_back(reason);
    changes.push_back(outcome->change);
  }
  for (const std::string& reason : reasons) {
    append_entry(page, plan::OutcomeState::skipped, titles_of(page, application, by_reason[reason]),
                 reason);
  }
}

std::string counts_of(std::size_t applications, std::size_t changes) {
  return fmt::format("{}, {}", count_words(applications, "application"),
                     count_words(changes, "change"));
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
    append_entry(page, plan::OutcomeState::skipped, counts_of(alike.names.size(), alike.changes),
                 reason);
    page.paragraph(kLabelWidth, fmt::format("{}", fmt::join(alike.names, ", ")), Tone::strong);
  }
}

void append_outcome(Page& page, const plan::ChangeOutcome& outcome) {
  append_entry(page, outcome.state, titles_of(page, outcome.change->application, {outcome.change}),
               explanation_of(outcome));
  if (outcome.error && !outcome.error->advice.empty()) {
    for (const std::string& line : split_lines(outcome.error->advice)) {
      page.paragraph(kLabelWidth, escape_terminal(line), Tone::faint);
    }
  }
}

void append_held(Page& page, const plan::Plan& plan) {
  const auto held = held_changes(plan);
  if (held.empty()) return;
  const std::string label = to_string(plan::ChangeStatus::held);
  if (held.size() == 1) {
    const auto& [application, changes] = *held.begin();
    append_entry(page, label, Tone::change, titles_of(page, application, changes), kHeldWords);
    return;
  }
  std::vector<std::string> names;
  std::size_t count = 0;
  for (const auto& [application, changes] : held) {
    names.push_back(escape_terminal(application));
    count += changes.size();
  }
  append_entry(page, label, Tone::change, counts_of(held.size(), count), kHeldWords);
  page.paragraph(kLabelWidth, fmt::format("{}", fmt::join(names, ", ")), Tone::strong);
}

/// Whether nothing is left but applications with a refused change, with which another apply would
/// not get further.
bool is_only_left_out(const plan::ApplyReport& report) {
  std::set<std::string> refused;
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    if (outcome.change->status == plan::ChangeStatus::blocked)
      refused.insert(outcome.change->application);
  }
  return std::all_of(report.outcomes.begin(), report.outcomes.end(),
                     [&refused](const plan::ChangeOutcome& outcome) {
                       return outcome.state == plan::OutcomeState::done ||
                              refused.contains(outcome.change->application);
                     });
}

std::string next_step(const plan::ApplyReport& report, bool reviewed) {
  if (!report.interrupted && is_only_left_out(report)) {
    return reviewed ? "Settle what is refused, plan again and apply the new plan"
                    : "Settle what is refused and apply again";
  }
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
  const std::string counts = apply_summary(report, plan) + ".";
  page.line(page.paint(good ? Tone::good : Tone::bad, report.interrupted ? "Interrupted: " + counts
                                                      : report.outcomes.empty()
                                                          ? counts
                                                          : "Apply: " + counts));
  if (!good) {
    page.line(next_step(report, reviewed) + ": it goes on where this run stopped.");
  }
  return page.take();
}

}  // namespace syncwright::report
