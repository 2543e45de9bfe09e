#include "report/sarif/finding.h"

#include <fmt/format.h>

#include "report/drift_report.h"
#include "report/mapping_test_report.h"
#include "report/words/change_words.h"
#include "syncwright/plan/risk.h"

namespace syncwright::report::sarif {

namespace {

/// What is said, one behind the other.
std::string sentences(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += text.ends_with('.') ? " " : "; ";
    text += part;
  }
  return text;
}

template <class List>
void add_diagnostics(Findings& findings, const List& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    findings.all.push_back({std::string(to_string(diagnostic.code)),
                            diagnostic.severity,
                            sentences({diagnostic.message, diagnostic.advice}),
                            diagnostic.where,
                            {},
                            {}});
  }
}

/// "salesforce-contoso: change the schema of job default".
std::string heading_of(const plan::Change& change) {
  return fmt::format("{}: {}", change.application, title_of(change));
}

Finding finding_of(const plan::Change& change, std::string rule, Severity level,
                   std::string message) {
  return {std::move(rule), level, std::move(message), change.origin, change.row, change.id()};
}

void add_refusal(Findings& findings, const plan::Change& change) {
  if (!change.refusal) return;
  const bool is_held = change.status == plan::ChangeStatus::held;
  findings.all.push_back(
      finding_of(change, std::string(to_string(change.refusal->code)),
                 is_held ? Severity::warning : Severity::error,
                 sentences({fmt::format("{} is {}: {}", heading_of(change),
                                        to_string(change.status), change.refusal->message),
                            change.refusal->advice})));
}

void add_risks(Findings& findings, const plan::Change& change) {
  for (const plan::RiskWords& words : plan::risk_words()) {
    if (!change.risks.contains(words.risk)) continue;
    findings.all.push_back(
        finding_of(change, words.name, Severity::warning,
                   sentences({heading_of(change), words.meaning, change.reason.text()})));
  }
  if (plan::traits_of(change.type).deletes() && change.status == plan::ChangeStatus::planned) {
    findings.all.push_back(finding_of(change, "deletion", Severity::warning,
                                      sentences({heading_of(change), effect_words(change)})));
  }
}

SourceRange place_of_application(const model::Desired* desired, const std::string& name) {
  const model::DesiredApplication* found = desired == nullptr ? nullptr : desired->find(name);
  return found == nullptr ? SourceRange{} : found->where;
}

/// A difference that the manifest made is work to do, and nothing that happened to the tenant.
Finding difference_finding(const plan::Change& change) {
  const bool is_pending = change.cause == plan::Cause::manifest;
  const std::string words = difference_words(change);
  return finding_of(change, is_pending ? "pending" : "difference",
                    is_pending ? Severity::note : Severity::warning,
                    sentences({fmt::format("{}: {}", change.application,
                                           words.empty() ? title_of(change) : words),
                               change.reason.text()}));
}

Finding health_finding(const plan::Health& health, const model::Desired* desired) {
  Severity level = Severity::note;
  if (health.is_drift) {
    const bool is_stopped =
        health.state == plan::HealthState::quarantine || health.state == plan::HealthState::expired;
    level = is_stopped ? Severity::error : Severity::warning;
  }
  const std::string subject =
      fmt::format("{}/jobs/{}/{}", health.application, health.job, to_string(health.state));
  return {"health",
          level,
          fmt::format("{}: job {} ({}): {}", health.application, health.job,
                      to_string(health.state), health.message),
          place_of_application(desired, health.application),
          {},
          subject};
}

/// Edits are told once for each application, person and kind: who edits for an hour would fill a
/// pull request else.
void add_edits(Findings& findings, const std::vector<plan::DriftEdit>& edits,
               const std::string& rule, const model::Desired* desired) {
  for (const RepeatedEdit& each : outside_edits(edits)) {
    const plan::DriftEdit& last = *each.last;
    if (last.ours) continue;
    findings.all.push_back(
        {rule,
         Severity::note,
         fmt::format("{}: {} at {} by {}", last.application, what_of(each), last.edit.at,
                     editor_of(last)),
         place_of_application(desired, last.application),
         {},
         fmt::format("{}/{}/{}", last.application, last.edit.activity, editor_of(last))});
  }
}

std::string failure_of(const plan::Plan& plan) {
  return plan.unreadable ? describe(*plan.unreadable) : std::string();
}

}  // namespace

Findings findings_of(const Validation& validation) {
  Findings findings;
  add_diagnostics(findings, validation.diagnostics.items());
  return findings;
}

Findings findings_of(const MappingTestReport& tests) {
  Findings findings;
  if (tests.diagnostics != nullptr) add_diagnostics(findings, tests.diagnostics->items());
  for (const mapping_tests::MappingTestResult& test : tests.results) {
    for (const mapping_tests::MappingCaseResult& each : test.cases) {
      for (const mapping_tests::MappingFault& fault : each.faults) {
        findings.all.push_back(
            {"mapping-test",
             Severity::error,
             fmt::format("{}: {}: {}: {}", test.name, each.name, fault.what, fault_words(fault)),
             each.where,
             {},
             fmt::format("{}/{}/{}", test.name, each.name, fault.what)});
      }
    }
  }
  return findings;
}

Findings findings_of(const PlanReport& report) {
  const plan::Plan& plan = *report.advised;
  Findings findings{{}, failure_of(plan)};
  add_diagnostics(findings, plan.diagnostics);
  for (const plan::Change& change : plan.changes) {
    add_refusal(findings, change);
    add_risks(findings, change);
  }
  for (const plan::GuardVerdict& guard : plan.guards) {
    findings.all.push_back(
        {"guard",
         Severity::warning,
         sentences({fmt::format("guard {}: {}", to_string(guard.guard), guard.message),
                    guard.acknowledge + " lets it through"}),
         {},
         {},
         to_string(guard.guard)});
  }
  return findings;
}

Findings findings_of(const DriftReport& report) {
  const plan::Drift& drift = *report.advised;
  const plan::Plan& plan = drift.plan;
  Findings findings{{}, failure_of(plan)};
  add_diagnostics(findings, plan.diagnostics);
  for (const plan::Change& change : plan.changes) {
    findings.all.push_back(difference_finding(change));
    add_refusal(findings, change);
  }
  for (const plan::Health& health : plan.health) {
    findings.all.push_back(health_finding(health, report.desired));
  }
  for (const plan::PlanOrphan& orphan : plan.orphans) {
    findings.all.push_back(
        {"orphan",
         Severity::warning,
         fmt::format("{} is owned by this project and named by no manifest", orphan.application),
         {},
         {},
         orphan.application});
  }
  add_edits(findings, drift.edits, "edit", report.desired);
  if (drift.unmanaged) add_edits(findings, *drift.unmanaged, "edit-outside", report.desired);
  return findings;
}

}  // namespace syncwright::report::sarif
