#include <fmt/format.h>

#include <algorithm>

#include "report/drift_report.h"
#include "report/html/inputs/mapping_rows.h"
#include "report/html/inputs/page_parts.h"
#include "report/html/inputs/plan_parts.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/risk.h"

namespace syncwright::report {
namespace html {
namespace {

std::string field_words(const Json& value) {
  return value.is_null() ? std::string() : value_words(value);
}

bool is_told(const plan::Change& change, const std::string& path) {
  const auto& said = plan::traits_of(change.type).said;
  return std::find(said.begin(), said.end(), path) != said.end();
}

PageStep::State state_of(plan::ChangeStatus status) {
  switch (status) {
    case plan::ChangeStatus::planned:
      return PageStep::State::planned;
    case plan::ChangeStatus::blocked:
      return PageStep::State::refused;
    case plan::ChangeStatus::held:
      return PageStep::State::held;
  }
  return PageStep::State::planned;
}

std::string cause_words(plan::Cause cause) {
  switch (cause) {
    case plan::Cause::unknown:
      return {};
    case plan::Cause::tenant:
      return "edited in the tenant";
    case plan::Cause::manifest:
      return "pending: the manifest changed";
    case plan::Cause::both:
      return "edited in the tenant, and the manifest changed";
  }
  return {};
}

PageState state_of(const plan::Change& change) {
  return change.status == plan::ChangeStatus::planned ? PageState::differs : PageState::refused;
}

PageState state_of(const plan::Health& health) {
  switch (health.state) {
    case plan::HealthState::quarantine:
    case plan::HealthState::expired:
      return PageState::quarantined;
    case plan::HealthState::failing:
      return PageState::failed;
    case plan::HealthState::entry_errors:
    case plan::HealthState::paused:
    case plan::HealthState::unmanaged:
    case plan::HealthState::surplus:
      break;
  }
  return health.is_drift ? PageState::differs : PageState::attention;
}

void add_steps(std::vector<PageApplication>& cards, const plan::Plan& plan) {
  for (const plan::Change& change : plan.changes) {
    PageApplication& card = card_of(cards, change.application);
    if (card.word.empty()) card.word = plan::traits_of(change.type).verdict;
    card.steps.push_back(step_of(change, card.mappings));
  }
}

/// What is still to be done, and how the jobs fare, make the state of a card.
void tell_states(std::vector<PageApplication>& cards, const plan::Plan& plan) {
  for (const plan::Change& change : plan.changes) {
    worsen(card_of(cards, change.application), state_of(change));
  }
  for (const plan::Health& health : plan.health) {
    PageApplication& card = card_of(cards, health.application);
    card.notes.push_back(fmt::format("Job {}: {}", health.job, health.message));
    worsen(card, state_of(health));
  }
}

/// `orphans`: how much an orphan counts.
void add_notices(PageInput& page, const plan::Plan& plan, PageState orphans) {
  if (plan.unreadable) {
    page.notices.push_back(
        {PageState::unread, describe(*plan.unreadable), plan.unreadable->advice});
  }
  for (const plan::GuardVerdict& guard : plan.guards) {
    page.notices.push_back({PageState::refused,
                            fmt::format("Guard {}: {}", to_string(guard.guard), guard.message),
                            guard.acknowledge + " lets it through"});
  }
  for (const plan::PlanOrphan& orphan : plan.orphans) {
    page.notices.push_back(
        {orphans,
         fmt::format("Orphan: {} ({}) belongs to the project, and no manifest names it",
                     orphan.application, orphan.display_name),
         ""});
  }
  for (const Diagnostic& diagnostic : plan.diagnostics) {
    page.notices.push_back(
        {PageState::attention,
         fmt::format("{} {}", diagnostic.message, in_brackets(position_of(diagnostic.where))),
         diagnostic.advice});
  }
}

PageEdit page_edit(const plan::DriftEdit& edit, bool outside) {
  // docs/graph.md#5.11 has the name of the activity.
  const bool is_schema = edit.edit.activity.starts_with("Update attribute mappings");
  return {editor_of(edit), edit.edit.at, what_of({&edit, 1}), edit.ours, is_schema, outside};
}

/// `changes`: of the card's application.
void tell_difference(PageApplication& card, const std::vector<plan::Change>& changes) {
  bool is_pending = true;
  std::size_t step = 0;
  for (const plan::Change& change : changes) {
    const std::string difference = difference_words(change);
    if (!difference.empty()) card.steps[step].title = difference;
    is_pending &= change.cause == plan::Cause::manifest;
    ++step;
  }
  card.word = is_pending ? "pending" : "drifted";
}

/// Orphans are no application of the manifests, and a difference all the same (exit code 2).
void count_orphans(PageInput& page, const plan::Plan& plan) {
  if (plan.orphans.empty()) return;
  const std::string orphans = count_words(plan.orphans.size(), "orphan");
  page.verdict = page.state == PageState::in_step ? orphans : page.verdict + ", " + orphans;
  page.state = std::min(page.state, PageState::differs);
}

/// What makes `drift` end with exit code 2, bad health before differences.
std::string drift_summary(const plan::Drift& drift) {
  std::vector<std::string> parts = ills_of(drift.plan);
  if (parts.empty() && !drift.plan.has_changes()) return no_drift_words(drift);
  if (drift.plan.has_changes()) {
    parts.push_back(fmt::format("tenant and manifests differ in {}",
                                count_words(drift.plan.changes.size(), "place")));
  }
  if (const std::string outside = outside_words(drift); !outside.empty()) parts.push_back(outside);
  return fmt::format("Drift: {}.", fmt::join(parts, ", "));
}

}  // namespace

PageStep step_of(const plan::Change& change, std::vector<PageObjectMapping>& mappings) {
  PageStep step;
  step.type = to_string(change.type);
  step.sign = sign_of(change);
  step.title = report::title_of(change);
  step.reason = change.reason;
  step.place = places_of(change);
  step.cause = cause_words(change.cause);
  step.risk = to_string(change.risks);
  step.state = state_of(change.status);
  if (change.refusal) {
    step.outcome = fmt::format("{} ({})", change.refusal->message, change.refusal->code);
    step.advice = change.refusal->advice;
  } else {
    step.outcome = effect_words(change);
  }
  for (const schema::FieldChange& field : change.fields) {
    const bool is_row =
        change.type == plan::ChangeType::schema_put && mark_difference(mappings, change.job, field);
    if (is_row || is_told(change, field.path)) continue;
    step.fields.push_back({field.path.text(), field_words(field.before), field_words(field.after)});
  }
  return step;
}

PageInput page_with_plan(const char* command, const plan::Plan& plan, const PageFacts& facts,
                         PageState orphans) {
  PageInput page = begin_page(command, facts);
  page.project = plan.project;
  page.environment = plan.environment;
  page.tenant = plan.tenant_id;
  page.applications = begin_cards(facts);
  add_steps(page.applications, plan);
  add_notices(page, plan, orphans);
  set_reading(page, facts);
  if (plan.unreadable) {
    page.complete = false;
    page.reading = "Some live state is not known: what is said of the rest holds.";
  }
  return page;
}

}  // namespace html

PageInput page_of_plan(const plan::Plan& plan, const PageFacts& facts) {
  PageInput page = html::page_with_plan("plan", plan, facts);
  html::tell_states(page.applications, plan);
  for (PageApplication& card : page.applications) {
    if (card.steps.empty()) continue;
    const bool is_refused =
        std::any_of(card.steps.begin(), card.steps.end(),
                    [](const PageStep& step) { return step.state == PageStep::State::refused; });
    card.word = fmt::format("{} {}", is_refused ? "cannot be" : "will be", card.word);
  }
  html::set_verdict(page, "will change", plan.complete ? "In step" : "In step, as far as looked");
  page.summary = plan.has_changes() ? summary_of(plan) : unchanged_words(plan);
  return page;
}

PageInput page_of_drift(const plan::Drift& drift, const PageFacts& facts) {
  PageInput page = html::page_with_plan("drift", drift.plan, facts, PageState::differs);
  html::tell_states(page.applications, drift.plan);
  for (const std::vector<plan::Change>& changes : drift.plan.changes.by_application()) {
    const std::string& application = changes.front().application;
    html::tell_difference(html::card_of(page.applications, application), changes);
  }
  for (const plan::DriftEdit& edit : drift.edits) {
    html::card_of(page.applications, edit.application)
        .edits.push_back(html::page_edit(edit, false));
  }
  if (!drift.unmanaged) {
    page.complete = false;
    page.reading += " Who edited the tenant is not known: the audit log was not read.";
  } else {
    for (const plan::DriftEdit& edit : *drift.unmanaged) {
      PageApplication& card = html::card_of(page.applications, edit.application);
      card.edits.push_back(html::page_edit(edit, true));
      html::worsen(card, PageState::attention);
    }
  }
  html::set_verdict(page, "drifted", drift.plan.complete ? "In step" : "In step, as far as looked");
  html::count_orphans(page, drift.plan);
  page.summary = html::drift_summary(drift);
  return page;
}

}  // namespace syncwright::report
