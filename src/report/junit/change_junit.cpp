#include <fmt/format.h>

#include <map>

#include "report/drift_report.h"
#include "report/junit/junit.h"
#include "report/words/change_words.h"
#include "report/words/outcome_words.h"
#include "report/words/value_words.h"

namespace syncwright::report::junit {

namespace {

using Suites = std::map<std::string, Suite>;

constexpr const char* kTenantSuite = "(tenant)";  // no application has such a name

Suite& suite_of(Suites& suites, const std::string& application) {
  Suite& suite = suites[application];
  suite.name = application;
  return suite;
}

std::vector<Suite> in_order(Suites suites) {
  std::vector<Suite> all;
  all.reserve(suites.size());
  for (auto& [name, suite] : suites) all.push_back(std::move(suite));
  return all;
}

/// "displayName: "A" → "B"", one for each field.
std::vector<std::string> field_lines(const plan::Change& change) {
  std::vector<std::string> lines;
  lines.reserve(change.fields.size());
  for (const schema::FieldChange& field : change.fields) {
    lines.push_back(fmt::format("{}: {} → {}", field.path, value_words(field.before),
                                value_words(field.after)));
  }
  return lines;
}

std::vector<std::string> refusal_lines(const plan::Refusal& refusal) {
  std::vector<std::string> lines;
  lines.reserve(refusal.candidates.size() + 1);
  for (const std::string& candidate : refusal.candidates)
    lines.push_back("candidate: " + candidate);
  if (!refusal.advice.empty()) lines.push_back("way out: " + refusal.advice);
  return lines;
}

void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  for (std::string& line : more) lines.push_back(std::move(line));
}

Case case_of_change(const plan::Change& change) {
  return {change.application, title_of(change), change.origin, {}, {}, {}};
}

Case planned_case(const plan::Change& change) {
  Case made = case_of_change(change);
  if (!change.reason.empty()) made.output.push_back(change.reason);
  if (!change.risks.empty()) made.output.push_back("risk: " + to_string(change.risks));
  append(made.output, field_lines(change));
  if (!change.refusal) return made;
  const bool is_held = change.status == plan::ChangeStatus::held;
  made.fault = Fault{is_held ? Fault::Kind::skipped : Fault::Kind::failure,
                     std::string(to_string(change.refusal->code)), change.refusal->message,
                     refusal_lines(*change.refusal)};
  return made;
}

/// A difference, whatever it is called by as a step towards mending it.
Case difference_case(const plan::Change& change) {
  Case made = case_of_change(change);
  const std::string words = difference_words(change);
  Fault fault{Fault::Kind::failure, to_string(change.cause), words.empty() ? made.name : words, {}};
  if (!change.reason.empty()) fault.lines.push_back(change.reason);
  append(fault.lines, field_lines(change));
  if (change.refusal) {
    fault.lines.push_back(
        fmt::format("{} {}", to_string(change.refusal->code), change.refusal->message));
    append(fault.lines, refusal_lines(*change.refusal));
  }
  made.fault = std::move(fault);
  return made;
}

Case health_case(const plan::Health& health) {
  Case made{health.application, fmt::format("health of job {}", health.job), {}, {}, {}, {}};
  if (health.is_drift) {
    made.fault = Fault{Fault::Kind::failure, to_string(health.state), health.message.text(), {}};
  } else {
    made.output.push_back(fmt::format("{}: {}", to_string(health.state), health.message));
  }
  return made;
}

std::string edit_line(const plan::DriftEdit& edit) {
  return fmt::format("edited {}: {} by {}{}", edit.edit.at, edit.edit.activity, editor_of(edit),
                     edit.ours ? " (ours)" : "");
}

/// Who edited an application that differs stands below each of its differences.
void tell_edits(Suites& suites, const std::vector<plan::DriftEdit>& edits) {
  for (const plan::DriftEdit* edit : summarize_edits(edits).one_by_one) {
    for (Case& each : suite_of(suites, edit->application).cases) {
      if (each.fault && each.fault->kind == Fault::Kind::failure) {
        each.fault->lines.push_back(edit_line(*edit));
      }
    }
  }
}

/// What of a plan both commands tell. A tenant that could not be read is no finding: what it holds
/// is not known.
void add_tenant(Suites& suites, const plan::Plan& plan) {
  if (!plan.unreadable) return;
  suite_of(suites, kTenantSuite)
      .cases.push_back({kTenantSuite,
                        "is read whole",
                        {},
                        Fault{Fault::Kind::error,
                              to_string(plan.unreadable->kind),
                              describe(*plan.unreadable),
                              {plan.unreadable->advice}},
                        {},
                        {}});
}

void add_unchanged(Suites& suites, const plan::Plan& plan) {
  for (const auto& [application, service_principal] : plan.existing) {
    Suite& suite = suite_of(suites, application);
    if (suite.cases.empty()) {
      suite.cases.push_back({application, "is as the manifests say", {}, {}, {}, {}});
    }
  }
}

Fault fault_of_outcome(const plan::ChangeOutcome& outcome) {
  Fault fault{Fault::Kind::failure, to_string(outcome.state), explanation_of(outcome), {}};
  if (outcome.state == plan::OutcomeState::unknown) fault.kind = Fault::Kind::error;
  // What a refusal left out would be a green check otherwise.
  const bool is_refused = outcome.error && outcome.error->kind == ErrorKind::guard;
  if (outcome.state == plan::OutcomeState::skipped && !is_refused) {
    fault.kind = Fault::Kind::skipped;
  }
  if (outcome.error && !outcome.error->advice.empty()) {
    fault.lines.push_back(outcome.error->advice);
  }
  return fault;
}

}  // namespace

std::string of_plan(const plan::Plan& plan) {
  Suites suites;
  for (const plan::Change& change : plan.changes) {
    suite_of(suites, change.application).cases.push_back(planned_case(change));
  }
  add_unchanged(suites, plan);
  add_tenant(suites, plan);
  return document("syncwright plan", in_order(std::move(suites)));
}

std::string of_drift(const plan::Drift& drift) {
  const plan::Plan& plan = drift.plan;
  Suites suites;
  for (const plan::Change& change : plan.changes) {
    suite_of(suites, change.application).cases.push_back(difference_case(change));
  }
  tell_edits(suites, drift.edits);
  for (const plan::Health& health : plan.health) {
    suite_of(suites, health.application).cases.push_back(health_case(health));
  }
  for (const plan::PlanOrphan& orphan : plan.orphans) {
    suite_of(suites, orphan.application)
        .cases.push_back(
            {orphan.application,
             "is named by a manifest",
             {},
             Fault{
                 Fault::Kind::failure, "orphan", "owned by this project, named by no manifest", {}},
             {},
             {}});
  }
  add_unchanged(suites, plan);
  if (drift.unmanaged) {
    for (const RepeatedEdit& each : outside_edits(*drift.unmanaged)) {
      Case made{each.last->application, "edit outside what the manifests manage", {}, {}, {}, {}};
      made.output = {
          fmt::format("{} {} by {}", each.last->edit.at, what_of(each), editor_of(*each.last))};
      suite_of(suites, each.last->application).cases.push_back(std::move(made));
    }
  }
  add_tenant(suites, plan);
  return document("syncwright drift", in_order(std::move(suites)));
}

std::string of_apply(const plan::ApplyReport& report, const plan::Plan& plan) {
  Suites suites;
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    const plan::Change& change = *outcome.change;
    Case made{change.application, title_of(change), change.origin, {}, {}, outcome.duration};
    if (outcome.state == plan::OutcomeState::done) {
      if (!outcome.detail.empty()) made.output.push_back(outcome.detail);
    } else {
      made.fault = fault_of_outcome(outcome);
    }
    suite_of(suites, change.application).cases.push_back(std::move(made));
  }
  for (const plan::Change& change : plan.changes) {
    if (change.status != plan::ChangeStatus::held) continue;
    suite_of(suites, change.application).cases.push_back(planned_case(change));
  }
  add_unchanged(suites, plan);
  return document("syncwright apply", in_order(std::move(suites)));
}

}  // namespace syncwright::report::junit
