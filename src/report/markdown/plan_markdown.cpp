#include "report/markdown/plan_markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "report/drift_report.h"
#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/risk.h"

namespace syncwright::report {

namespace {

using markdown::code;
using markdown::Comment;
using markdown::heading_row;
using markdown::row;
using markdown::text;

std::string place_words(const plan::Plan& plan) {
  std::string project = plan.project;
  if (!plan.environment.empty()) project += "/" + plan.environment;
  return fmt::format("{} in tenant {}", code(project),
                     plan.tenant_id.empty() ? "(not known)" : code(plan.tenant_id));
}

/// Where a reader finds the same again: the plan, the manifests, the program.
std::string provenance_lines(const plan::Plan& plan, const Provenance& provenance) {
  std::string lines;
  if (!provenance.plan_digest.empty()) {
    lines += fmt::format("- plan {}\n", code(provenance.plan_digest));
  }
  std::string manifests;
  if (!plan.manifest_digest.empty()) manifests = "manifests " + code(plan.manifest_digest);
  if (!provenance.commit.empty()) {
    manifests += (manifests.empty() ? "" : " of ") + ("commit " + code(provenance.commit));
  }
  if (!manifests.empty()) lines += "- " + manifests + "\n";
  std::string made;
  if (plan.created_at != Instant{}) made = "made " + code(format_rfc3339(plan.created_at));
  if (!provenance.program.empty()) {
    made += (made.empty() ? "" : " by ") + text(provenance.program);
  }
  if (!made.empty()) lines += "- " + made + "\n";
  return lines.empty() ? lines : "\n" + lines;
}

/// The applications that something is said of, all by name where that is no wall of text; each is
/// named in its own block as well.
std::string applications_words(const std::vector<std::string>& names) {
  constexpr std::size_t readable = 20;
  if (names.size() > readable) return count_words(names.size(), "application") + ", named below";
  std::string words;
  for (const std::string& name : names) words += (words.empty() ? "" : ", ") + code(name);
  return words;
}

/// In the order of the applications, each once.
std::vector<std::string> applications_where(const plan::Plan& plan,
                                            const std::function<bool(const plan::Change&)>& holds) {
  std::vector<std::string> names;
  for (const plan::Change& change : plan.changes) {
    const bool is_new = names.empty() || names.back() != change.application;
    if (is_new && holds(change)) names.push_back(change.application);
  }
  return names;
}

/// What may cost somebody an account or give one, in sight before any table.
void add_risks(Comment& comment, const plan::Plan& plan) {
  std::vector<std::string> lines;
  for (const plan::RiskWords& words : plan::risk_words()) {
    const auto names = applications_where(
        plan, [&words](const plan::Change& change) { return change.risks.contains(words.risk); });
    if (names.empty()) continue;
    lines.push_back(fmt::format("- **{}** ({}): {}\n", words.name, text(words.meaning),
                                applications_words(names)));
  }
  const auto types = plan::change_types();
  // Deletions run last, and are listed first.
  for (auto traits = types.rbegin(); traits != types.rend(); ++traits) {
    if (!traits->deletion) continue;
    const auto names = applications_where(plan, [type = traits->type](const plan::Change& change) {
      return change.type == type && change.status == plan::ChangeStatus::planned;
    });
    if (names.empty()) continue;
    lines.push_back(fmt::format("- **{}**: {}. Effect: {}\n", traits->deletion->heading,
                                applications_words(names),
                                text(std::string(traits->deletion->effect))));
  }
  comment.add_table("\n#### Risks\n\n", lines, "risk");
}

void add_guards(Comment& comment, const plan::Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.guards.size());
  for (const plan::GuardVerdict& verdict : plan.guards) {
    rows.push_back(
        row({code(to_string(verdict.guard)), text(verdict.message), code(verdict.acknowledge)}));
  }
  comment.add_table("\n#### Guards\n\n" + guards_advice(plan.guards) + ".\n\n" +
                        heading_row({"guard", "", "way out"}),
                    rows, "guard");
}

void add_health(Comment& comment, const plan::Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.health.size());
  for (const plan::Health& health : plan.health) {
    const std::string state = text(to_string(health.state));
    rows.push_back(
        row({code(health.application + "/" + health.job.text()),
             (health.is_drift ? "**" + state + "**" : state), text(health.message.text())}));
  }
  comment.add_table("\n#### Health\n\n" + heading_row({"job", "state", ""}), rows, "health line");
}

void add_orphans(Comment& comment, const plan::Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.orphans.size());
  for (const plan::PlanOrphan& orphan : plan.orphans) {
    rows.push_back(
        row({code(orphan.application), text(orphan.display_name),
             orphan.service_principal_id.empty() ? "" : code(orphan.service_principal_id)}));
  }
  comment.add_table(
      "\n#### Orphans\n\nOwned by this project, named by no manifest; left alone.\n\n" +
          heading_row({"application", "display name", "service principal"}),
      rows, "orphan");
}

void add_diagnostics(Comment& comment, const plan::Plan& plan) {
  std::vector<std::string> lines;
  lines.reserve(plan.diagnostics.size());
  for (const Diagnostic& diagnostic : plan.diagnostics) {
    lines.push_back(fmt::format("- {} {}: {} {}\n", to_string(diagnostic.severity),
                                code(to_string(diagnostic.code)), text(diagnostic.message),
                                text(diagnostic.advice)));
  }
  comment.add_table("\n", lines, "message");
}

void add_edits(Comment& comment, const std::vector<plan::DriftEdit>& edits) {
  if (edits.empty()) return;
  const EditSummary told = summarize_edits(edits);
  const std::string head = "\n#### Edits\n\n";
  std::vector<std::string> rows;
  rows.reserve(told.one_by_one.size());
  for (const plan::DriftEdit* entry : told.one_by_one) {
    rows.push_back(row({text(entry->edit.at), code(entry->application), text(entry->edit.activity),
                        text(editor_of(*entry)) + (entry->ours ? " (ours)" : "")}));
  }
  comment.add_table(head + heading_row({"when", "application", "what", "who"}), rows, "edit");
  if (told.others.empty()) return;
  comment.add((rows.empty() ? head : "\n") + text(told.others) + "\n", 1, "edit summary line");
}

void add_outside(Comment& comment, const plan::Drift& drift) {
  if (!drift.unmanaged) return;
  std::vector<std::string> rows;
  for (const RepeatedEdit& each : outside_edits(*drift.unmanaged)) {
    rows.push_back(row({text(each.last->edit.at), code(each.last->application), text(what_of(each)),
                        text(editor_of(*each.last))}));
  }
  comment.add_table(fmt::format("\n#### {}\n\n{}\n\n", kOutsideHeading, kOutsideAdvice) +
                        heading_row({"when", "application", "what", "who"}),
                    rows, "edit");
  const std::size_t more = count_left_out(outside_edits(*drift.unmanaged), *drift.unmanaged);
  if (more > 0) comment.add(fmt::format("\n{} more.\n", more), 1, "edit summary line");
}

/// "3 steps to mend: 1 application differs, 1 missing; 1 job in bad health."
std::string drift_verdict(const plan::Drift& drift) {
  const plan::Plan& plan = drift.plan;
  std::vector<std::string> others = ills_of(plan);
  if (!plan.has_changes() && others.empty()) return no_drift_words(drift);
  if (const std::string outside = outside_words(drift); !outside.empty()) others.push_back(outside);
  const std::string steps =
      plan.has_changes()
          ? fmt::format("{}: {} {}, {} missing",
                        count_words(plan.changes.size(), "step") + " to mend",
                        count_words(static_cast<std::size_t>(plan.summary.update), "application"),
                        plan.summary.update == 1 ? "differs" : "differ", plan.summary.create)
          : std::string("No change to apply");
  return fmt::format("**{}{}{}.**", steps, others.empty() ? "" : "; ", fmt::join(others, ", "));
}

/// What stands behind the changes. `drift`: nullptr for a plan.
void add_tail(Comment& comment, const plan::Plan& plan, const plan::Drift* drift) {
  if (drift != nullptr) {
    add_edits(comment, drift->edits);
    add_outside(comment, *drift);
  }
  add_health(comment, plan);
  add_orphans(comment, plan);
  add_diagnostics(comment, plan);
}

/// What is refused is what a reviewer has to see, however long the rest is; then what is risky.
std::vector<markdown::Part> parts_of(const plan::Plan& plan, bool tells_cause) {
  const auto rank = [](const ApplicationGroup& group) {
    return group.is_refused() ? 0 : group.is_risky() ? 1 : 2;
  };
  std::vector<ApplicationGroup> groups = group_applications(plan.changes);
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
  std::vector<markdown::Part> parts;
  parts.reserve(groups.size());
  for (const ApplicationGroup& group : groups) {
    parts.push_back(markdown::part_of(group, tells_cause));
  }
  return parts;
}

/// `drift`: nullptr for a plan.
std::string render_document(const plan::Plan& plan, std::string head, const plan::Drift* drift,
                            std::size_t limit) {
  const bool tells_cause = drift != nullptr;
  if (!plan.complete) {
    head += "\nNot complete: a part of the manifests or of the tenant was left out.\n";
  }
  Comment comment(std::move(head), limit);
  if (!tells_cause) {
    add_risks(comment, plan);
    add_guards(comment, plan);
  }
  // Values of many applications leave room for the warnings behind them.
  Comment tail({}, limit);
  add_tail(tail, plan, drift);
  comment.reserve(std::min(tail.size(), limit / 3));
  comment.add_parts(parts_of(plan, tells_cause));
  comment.reserve(0);
  add_tail(comment, plan, drift);
  return comment.take(fmt::format("`syncwright {}` or its `--format json` has all of it.",
                                  tells_cause ? "drift" : "plan"));
}

}  // namespace

std::string render_plan_markdown(const plan::Plan& plan, const Provenance& provenance,
                                 std::size_t limit) {
  const std::string verdict =
      plan.has_changes() ? "**" + summary_of(plan) + "**" : unchanged_words(plan);
  return render_document(plan,
                         fmt::format("### Plan for {}\n\n{}\n{}", place_words(plan), verdict,
                                     provenance_lines(plan, provenance)),
                         nullptr, limit);
}

std::string render_drift_markdown(const plan::Drift& drift, const Provenance& provenance,
                                  std::size_t limit) {
  const plan::Plan& plan = drift.plan;
  return render_document(plan,
                         fmt::format("### Drift of {}\n\n{}\n{}", place_words(plan),
                                     drift_verdict(drift), provenance_lines(plan, provenance)),
                         &drift, limit);
}

}  // namespace syncwright::report
