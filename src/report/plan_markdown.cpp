#include "syncwright/report/plan_markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "application_group.h"
#include "change_words.h"
#include "drift_edits.h"
#include "markdown.h"
#include "markdown_comment.h"
#include "markdown_risks.h"
#include "value_words.h"

namespace syncwright {

namespace {

using markdown::code;
using markdown::Comment;
using markdown::heading_row;
using markdown::row;
using markdown::text;

std::string place_words(const Plan& plan) {
  std::string project = plan.project;
  if (!plan.environment.empty()) project += "/" + plan.environment;
  return fmt::format("{} in tenant {}", code(project),
                     plan.tenant_id.empty() ? "(not known)" : code(plan.tenant_id));
}

const char* words_of(Cause cause) {
  switch (cause) {
    case Cause::unknown:
      return "";
    case Cause::tenant:
      return "tenant";
    case Cause::manifest:
      return "manifest, not applied yet";
    case Cause::both:
      return "manifest and tenant";
  }
  return "";
}

std::string refusal_words(const Change& change) {
  if (!change.refusal) return {};
  const Refusal& refusal = *change.refusal;
  std::string words = fmt::format("<br>**{}** {} {}", to_string(change.status), code(refusal.code),
                                  text(refusal.message));
  for (const std::string& candidate : refusal.candidates) words += "<br>• " + code(candidate);
  if (!refusal.advice.empty()) words += "<br>Way out: " + text(refusal.advice);
  return words;
}

std::string change_row(const ApplicationGroup& group, std::size_t index, bool tells_cause) {
  const Change& change = group.changes[index];
  std::string why = text(change.reason);
  why += markdown_risks(group, index);
  std::vector<std::string> cells{code(std::string(1, sign_of(change))), text(title_of(change)),
                                 why + refusal_words(change)};
  if (tells_cause) cells.emplace_back(words_of(change.cause));
  const std::string place = places_of(group, index);
  cells.push_back(place.empty() ? "" : code(place));
  return row(cells);
}

/// The lines of a diff cannot end its fence: each begins with a sign, or with words of ours.
std::string field_lines(const ApplicationGroup& group) {
  std::string lines;
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    const Change& change = group.changes[i];
    if (!change.principal_type.empty()) continue;
    for (std::size_t k = 0; k < change.fields.size(); ++k) {
      const FieldChange& field = change.fields[k];
      const std::string path = value_words(Json(field.path));
      const std::string others = others_of(group.other_values[i][k]);
      if (!field.before.is_null() && !bool_or(field.before, "unknown", false)) {
        lines += fmt::format("- {}: {}{}\n", path, value_words(field.before),
                             field.after.is_null() ? others : "");
      }
      if (!field.after.is_null()) {
        lines += fmt::format("+ {}: {}{}\n", path, value_words(field.after), others);
      }
    }
    const std::string sent = sent_words(change);
    if (!sent.empty()) lines += "  " + sent + "\n";
  }
  return lines;
}

std::string block_of(const ApplicationGroup& group, bool tells_cause) {
  // "will be updated" is what a plan says; drift has no will.
  const std::string verdict = tells_cause ? "" : std::string(" ") + group.verdict();
  std::string block =
      fmt::format("\n#### {} {}{}\n\n", code(std::string(1, group.sign())),
                  group.is_one() ? code(group.applications.front())
                                 : counted(group.applications.size(), "application"),
                  verdict);
  if (!group.is_one()) block += text(names_of(group)) + "\n\n";
  block += heading_row(tells_cause ? std::vector<std::string>{"", "change", "why", "cause", "where"}
                                   : std::vector<std::string>{"", "change", "why", "where"});
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    block += change_row(group, i, tells_cause);
  }
  return block;
}

/// Where the values alone are too long, the changes are told without them.
void add_group(Comment& comment, const ApplicationGroup& group, bool tells_cause) {
  if (!comment.add(block_of(group, tells_cause), group.applications.size(), "application")) return;
  const std::string fields = field_lines(group);
  if (fields.empty()) return;
  comment.add("\n<details><summary>values</summary>\n\n```diff\n" + fields + "```\n\n</details>\n",
              1, "value list");
}

void add_guards(Comment& comment, const Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.guards.size());
  for (const GuardVerdict& verdict : plan.guards) {
    rows.push_back(row({code(verdict.guard), text(verdict.message), code(verdict.acknowledge)}));
  }
  comment.add_table("\n#### Guards\n\napply refuses the plan until each is let through.\n\n" +
                        heading_row({"guard", "", "way out"}),
                    rows, "guard");
}

void add_health(Comment& comment, const Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.health.size());
  for (const Health& health : plan.health) {
    rows.push_back(row({code(health.application + "/" + health.job),
                        (health.is_drift ? "**" + text(health.state) + "**" : text(health.state)),
                        text(health.message)}));
  }
  comment.add_table("\n#### Health\n\n" + heading_row({"job", "state", ""}), rows, "health line");
}

void add_orphans(Comment& comment, const Plan& plan) {
  std::vector<std::string> rows;
  rows.reserve(plan.orphans.size());
  for (const PlanOrphan& orphan : plan.orphans) {
    rows.push_back(
        row({code(orphan.application), text(orphan.display_name),
             orphan.service_principal_id.empty() ? "" : code(orphan.service_principal_id)}));
  }
  comment.add_table(
      "\n#### Orphans\n\nOwned by this project, named by no manifest; left alone.\n\n" +
          heading_row({"application", "display name", "service principal"}),
      rows, "orphan");
}

void add_diagnostics(Comment& comment, const Plan& plan) {
  std::vector<std::string> lines;
  lines.reserve(plan.diagnostics.size());
  for (const Diagnostic& diagnostic : plan.diagnostics) {
    lines.push_back(fmt::format("- {} {}: {} {}\n", to_string(diagnostic.severity),
                                code(diagnostic.code), text(diagnostic.message),
                                text(diagnostic.advice)));
  }
  comment.add_table("\n", lines, "message");
}

void add_edits(Comment& comment, const std::vector<DriftEdit>& edits) {
  if (edits.empty()) return;
  const ToldEdits told = told_edits(edits);
  const std::string head = "\n#### Edits\n\n";
  std::vector<std::string> rows;
  rows.reserve(told.one_by_one.size());
  for (const DriftEdit* entry : told.one_by_one) {
    rows.push_back(row({text(entry->edit.at), code(entry->application), text(entry->edit.activity),
                        text(editor_of(*entry)) + (entry->ours ? " (ours)" : "")}));
  }
  comment.add_table(head + heading_row({"when", "application", "what", "who"}), rows, "edit");
  if (told.others.empty()) return;
  comment.add((rows.empty() ? head : "\n") + text(told.others) + "\n", 1, "edit summary line");
}

void add_outside(Comment& comment, const Drift& drift) {
  if (!drift.unmanaged) return;
  std::vector<std::string> rows;
  for (const ToldOutside& each : told_outside(*drift.unmanaged)) {
    rows.push_back(row({text(each.last->edit.at), code(each.last->application), text(what_of(each)),
                        text(editor_of(*each.last))}));
  }
  comment.add_table(fmt::format("\n#### {}\n\n{}\n\n", kOutsideHeading, kOutsideAdvice) +
                        heading_row({"when", "application", "what", "who"}),
                    rows, "edit");
  const std::size_t more = left_out_of(told_outside(*drift.unmanaged), *drift.unmanaged);
  if (more > 0) comment.add(fmt::format("\n{} more.\n", more), 1, "edit summary line");
}

/// "3 steps to mend: 1 application differs, 1 missing; 1 job in bad health."
std::string drift_verdict(const Drift& drift) {
  const Plan& plan = drift.plan;
  std::vector<std::string> others = ills_of(plan);
  if (!plan.has_changes() && others.empty()) return no_drift_words(drift);
  if (const std::string outside = outside_words(drift); !outside.empty()) others.push_back(outside);
  const std::string steps =
      plan.has_changes()
          ? fmt::format("{}: {} {}, {} missing", counted(plan.changes.size(), "step") + " to mend",
                        counted(static_cast<std::size_t>(plan.summary.update), "application"),
                        plan.summary.update == 1 ? "differs" : "differ", plan.summary.create)
          : std::string("No change to apply");
  return fmt::format("**{}{}{}.**", steps, others.empty() ? "" : "; ", fmt::join(others, ", "));
}

/// `drift`: nullptr for a plan.
std::string rendered(const Plan& plan, std::string head, const Drift* drift, std::size_t limit) {
  const bool tells_cause = drift != nullptr;
  if (!plan.complete) {
    head += "\nNot complete: a part of the manifests or of the tenant was left out.\n";
  }
  Comment comment(std::move(head), limit);
  if (!tells_cause) add_guards(comment, plan);
  // What is refused is what a reviewer has to see, however long the rest is.
  const std::vector<ApplicationGroup> groups = group_applications(plan.changes);
  for (const bool refused : {true, false}) {
    for (const ApplicationGroup& group : groups) {
      if (group.refused() == refused) add_group(comment, group, tells_cause);
    }
  }
  if (tells_cause) {
    add_edits(comment, drift->edits);
    add_outside(comment, *drift);
  }
  add_health(comment, plan);
  add_orphans(comment, plan);
  add_diagnostics(comment, plan);
  return comment.take(fmt::format("`syncwright {}` or its `--format json` has all of it.",
                                  tells_cause ? "drift" : "plan"));
}

}  // namespace

std::string render_plan_markdown(const Plan& plan, std::size_t limit) {
  const std::string verdict =
      plan.has_changes() ? "**" + summary_of(plan) + "**" : unchanged_words(plan);
  return rendered(plan, fmt::format("### Plan for {}\n\n{}\n", place_words(plan), verdict), nullptr,
                  limit);
}

std::string render_drift_markdown(const Drift& drift, std::size_t limit) {
  const Plan& plan = drift.plan;
  return rendered(plan,
                  fmt::format("### Drift of {}\n\n{}\n", place_words(plan), drift_verdict(drift)),
                  &drift, limit);
}

}  // namespace syncwright
