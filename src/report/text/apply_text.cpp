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
    Skipped& one = skipped[outcome.application];
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

void append_head(Page& page, plan::OutcomeState state, const std::string& what,
                 const std::string& explanation) {
  page.line();
  page.line(fmt::format("{}  {}",
                        page.paint(tone_of(state), pad(to_string(state), kLabelWidth - 2)), what));
  if (!explanation.empty()) page.paragraph(kLabelWidth, explanation);
}

void append_skipped(Page& page, const std::string& application, const Skipped& skipped,
                    const PlannedChanges& planned) {
  std::vector<std::string> names;
  names.reserve(skipped.outcomes.size());
  for (const plan::ChangeOutcome* outcome : skipped.outcomes)
    names.push_back(planned.title_of(*outcome));
  append_head(page, plan::OutcomeState::skipped,
              fmt::format("{}  {}", page.paint(Tone::strong, escape_terminal(application)),
                          fmt::join(names, ", ")),
              explanation_of(*skipped.outcomes.front()));
}

/// What was not begun, by application: after Ctrl-C nobody looks for one name among all changes.
void append_all_skipped(Page& page, const plan::ApplyReport& report,
                        const PlannedChanges& planned) {
  const auto skipped = skipped_by_application(report);
  const auto untouched = untouched_by_reason(skipped);
  for (const auto& [application, one] : skipped) {
    const bool is_told_below =
        one.is_whole && untouched.contains(explanation_of(*one.outcomes.front()));
    if (!is_told_below) append_skipped(page, application, one, planned);
  }
  for (const auto& [reason, alike] : untouched) {
    append_head(page, plan::OutcomeState::skipped,
                fmt::format("{}, {}", count_words(alike.names.size(), "application"),
                            count_words(alike.changes, "change")),
                reason);
    page.paragraph(kLabelWidth, fmt::format("{}", fmt::join(alike.names, ", ")), Tone::strong);
  }
}

void append_outcome(Page& page, const plan::ChangeOutcome& outcome, const PlannedChanges& planned) {
  append_head(page, outcome.state,
              fmt::format("{}  {}", page.paint(Tone::strong, escape_terminal(outcome.application)),
                          planned.title_of(outcome)),
              explanation_of(outcome));
  if (outcome.error && !outcome.error->advice.empty()) {
    for (const std::string& line : split_lines(outcome.error->advice)) {
      page.paragraph(kLabelWidth, escape_terminal(line), Tone::faint);
    }
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
  const PlannedChanges planned(plan);
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    if (outcome.state == plan::OutcomeState::done || outcome.state == plan::OutcomeState::skipped)
      continue;
    append_outcome(page, outcome, planned);
  }
  append_all_skipped(page, report, planned);
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
