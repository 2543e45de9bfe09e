#include "syncwright/report/apply_text.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "change_words.h"
#include "outcome_words.h"
#include "page.h"
#include "syncwright/report/escape.h"
#include "text_layout.h"

namespace syncwright {

namespace {

constexpr std::size_t kLabelWidth = 9;

void append_outcome(Page& page, const ChangeOutcome& outcome) {
  const std::string state = to_string(outcome.state);
  page.line(fmt::format(
      "{}  {}  {}", page.paint(tone_of(outcome.state), pad(state, kLabelWidth - 2)),
      page.paint(Tone::strong, escape_terminal(outcome.application)), title_of(outcome)));
  const std::string explanation = explanation_of(outcome);
  if (!explanation.empty()) page.paragraph(kLabelWidth, explanation);
  if (outcome.error && !outcome.error->advice.empty()) {
    page.paragraph(kLabelWidth, escape_terminal(outcome.error->advice), Tone::faint);
  }
}

std::string counts_of(const ApplyReport& report) {
  std::vector<std::string> parts;
  constexpr std::array others{OutcomeState::failed, OutcomeState::stale, OutcomeState::unknown,
                              OutcomeState::skipped};
  for (const OutcomeState state : others) {
    const int count = report.count(state);
    if (count > 0) parts.push_back(fmt::format("{} {}", count, to_string(state)));
  }
  std::string text = fmt::format("{} of {} done", report.count(OutcomeState::done),
                                 counted(report.outcomes.size(), "change"));
  if (!parts.empty()) text += fmt::format(", {}", fmt::join(parts, ", "));
  return fmt::format("{}; {} sent", text,
                     counted(static_cast<std::size_t>(report.writes()), "write"));
}

std::string next_step(const ApplyReport& report, bool reviewed) {
  const bool failed = report.count(OutcomeState::failed) > 0;
  // Nothing written: the same plan is as fresh as before.
  if (reviewed && report.writes() > 0) {
    return failed ? "Mend what failed, plan again and apply the new plan"
                  : "Plan again and apply the new plan";
  }
  return failed ? "Mend what failed and apply again" : "Run apply again";
}

void append_file(Page& page, std::string_view label, const std::string& path) {
  if (!path.empty()) page.labelled(0, label, kLabelWidth, escape_terminal(path));
}

}  // namespace

std::string render_apply_summary(const ApplyReport& report, const Style& style, bool reviewed) {
  Page page(style);
  for (const ChangeOutcome& outcome : report.outcomes) {
    if (outcome.state == OutcomeState::done) continue;
    page.line();
    append_outcome(page, outcome);
  }
  page.line();
  append_file(page, "journal", report.journal);
  append_file(page, "backup", report.backup);
  const bool good = report.all_done() && !report.interrupted;
  page.line(page.paint(
      good ? Tone::good : Tone::bad,
      fmt::format("{}: {}.", report.interrupted ? "Interrupted" : "Apply", counts_of(report))));
  if (!good) {
    page.line(next_step(report, reviewed) + ": it goes on where this run stopped.");
  }
  return page.take();
}

}  // namespace syncwright
