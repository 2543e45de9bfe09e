#include "report/text/plan_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/text_layout.h"
#include "report/words/change_words.h"
#include "syncwright/plan/risk.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kFactColumn = 12;

std::string job_name(const plan::Health& health) {
  return escape_terminal(health.application + "/" + health.job.text());
}

}  // namespace

void append_guards(Page& page, const std::vector<plan::GuardVerdict>& guards) {
  if (guards.empty()) return;
  std::size_t names = 0;
  for (const plan::GuardVerdict& verdict : guards) {
    names = std::max(names, display_width(to_string(verdict.guard)));
  }
  page.line();
  page.entry(0, page.paint(Tone::strong, "Guards"), 6, 8, guards_advice(guards));
  for (const plan::GuardVerdict& verdict : guards) {
    const std::string head =
        page.paint(Tone::bad, "!") + " " + pad(to_string(verdict.guard), names);
    const std::size_t column = 2 + 2 + names + 2;
    page.entry(2, head, 2 + names, column, escape_terminal(verdict.message));
    page.fact(column, "way out", column + kFactColumn, escape_terminal(verdict.acknowledge));
  }
}

void append_health(Page& page, const std::vector<plan::Health>& health) {
  if (health.empty()) return;
  std::size_t names = 0;
  std::size_t states = 0;
  for (const plan::Health& item : health) {
    names = std::max(names, display_width(job_name(item)));
    states = std::max(states, display_width(to_string(item.state)));
  }
  page.line();
  page.line(page.paint(Tone::strong, "Health"));
  for (const plan::Health& item : health) {
    const std::string state = pad(to_string(item.state), states);
    const std::string head = fmt::format(
        "{} {}  {}", item.is_drift ? page.paint(Tone::bad, "!") : "-", pad(job_name(item), names),
        page.paint(item.is_drift ? Tone::bad : Tone::change, state));
    const std::size_t width = 2 + names + 2 + states;
    page.entry(2, head, width, 2 + width + 2, escape_terminal(item.message.text()));
  }
}

void append_orphans(Page& page, const std::vector<plan::PlanOrphan>& orphans) {
  if (orphans.empty()) return;
  std::size_t names = 0;
  for (const plan::PlanOrphan& orphan : orphans) {
    names = std::max(names, display_width(escape_terminal(orphan.application)));
  }
  page.line();
  page.line(page.paint(Tone::strong, "Orphans") +
            page.paint(Tone::faint, "  owned by this project, named by no manifest; left alone"));
  for (const plan::PlanOrphan& orphan : orphans) {
    const std::string name = escape_terminal(orphan.application);
    page.entry(2, name, display_width(name), 2 + names + 2, escape_terminal(orphan.display_name),
               escape_terminal(orphan.service_principal_id));
  }
}

void append_diagnostics(Page& page, const std::vector<Diagnostic>& diagnostics) {
  if (diagnostics.empty()) return;
  page.line();
  for (const Diagnostic& diagnostic : diagnostics) {
    const std::string head =
        fmt::format("{}[{}]:", to_string(diagnostic.severity), to_string(diagnostic.code));
    page.entry(0, page.paint(tone_of(diagnostic.severity), head), head.size(), head.size() + 1,
               escape_terminal(diagnostic.message), in_brackets(position_of(diagnostic.where)));
    if (!diagnostic.advice.empty()) page.paragraph(4, escape_terminal(diagnostic.advice));
  }
}

void append_risk(Page& page, std::size_t indent, const plan::Change& change) {
  const std::string label = "risk";
  for (const plan::RiskWords& words : plan::risk_words()) {
    if (!change.risks.contains(words.risk)) continue;
    page.entry(indent, page.paint(Tone::bad, label), label.size(), indent + kFactColumn,
               fmt::format("{}: {}", words.name, words.meaning));
  }
}

void append_effect(Page& page, std::size_t indent, const plan::Change& change) {
  const std::string words = effect_words(change);
  if (!words.empty()) page.fact(indent, "effect", indent + kFactColumn, words);
}

void append_refusal(Page& page, std::size_t indent, const plan::Change& change) {
  if (!change.refusal) return;
  const plan::Refusal& refusal = *change.refusal;
  const std::size_t column = indent + kFactColumn;
  const std::string label = to_string(change.status);
  page.entry(indent, page.paint(Tone::bad, label), label.size(), column,
             fmt::format("[{}] {}", to_string(refusal.code), escape_terminal(refusal.message)));
  for (std::size_t i = 0; i < refusal.candidates.size(); ++i) {
    const char* heading = i > 0 ? "" : refusal.candidates.size() == 1 ? "found" : "candidates";
    page.fact(indent, heading, column, escape_terminal(refusal.candidates[i]));
  }
  if (!refusal.advice.empty()) {
    page.fact(indent, "way out", column, escape_terminal(refusal.advice));
  }
}

}  // namespace syncwright::report
