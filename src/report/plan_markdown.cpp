#include "syncwright/report/plan_markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "application_group.h"
#include "change_words.h"
#include "markdown.h"
#include "value_words.h"

namespace syncwright {

namespace {

using markdown::code;
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

std::string change_row(const Change& change, bool tells_cause) {
  std::string why = text(change.reason);
  if (change.risk == Risk::deprovision) why += "<br>**risk: deprovision**";
  std::vector<std::string> cells{code(std::string(1, sign_of(change))), text(title_of(change)),
                                 why + refusal_words(change)};
  if (tells_cause) cells.emplace_back(words_of(change.cause));
  const std::string place = places_of(change);
  cells.push_back(place.empty() ? "" : code(place));
  return row(cells);
}

/// The lines of a diff cannot end its fence: each begins with a sign.
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
  for (const Change& change : group.changes) block += change_row(change, tells_cause);
  const std::string fields = field_lines(group);
  if (fields.empty()) return block;
  return block + "\n<details><summary>values</summary>\n\n```diff\n" + fields +
         "```\n\n</details>\n";
}

std::string guards_of(const Plan& plan) {
  if (plan.guards.empty()) return {};
  std::string part = "\n#### Guards\n\napply refuses the plan until each is let through.\n\n" +
                     heading_row({"guard", "", "way out"});
  for (const GuardVerdict& verdict : plan.guards) {
    part += row({code(verdict.guard), text(verdict.message), code(verdict.acknowledge)});
  }
  return part;
}

std::string health_of(const Plan& plan) {
  if (plan.health.empty()) return {};
  std::string part = "\n#### Health\n\n" + heading_row({"job", "state", ""});
  for (const Health& health : plan.health) {
    part += row({code(health.application + "/" + health.job),
                 (health.is_drift ? "**" + text(health.state) + "**" : text(health.state)),
                 text(health.message)});
  }
  return part;
}

std::string orphans_of(const Plan& plan) {
  if (plan.orphans.empty()) return {};
  std::string part =
      "\n#### Orphans\n\nOwned by this project, named by no manifest; left alone.\n\n" +
      heading_row({"application", "display name", "service principal"});
  for (const PlanOrphan& orphan : plan.orphans) {
    part += row({code(orphan.application), text(orphan.display_name),
                 orphan.service_principal_id.empty() ? "" : code(orphan.service_principal_id)});
  }
  return part;
}

std::string diagnostics_of(const Plan& plan) {
  std::string part;
  for (const Diagnostic& diagnostic : plan.diagnostics) {
    part += fmt::format("- {} {}: {} {}\n", to_string(diagnostic.severity), code(diagnostic.code),
                        text(diagnostic.message), text(diagnostic.advice));
  }
  return part.empty() ? part : "\n" + part;
}

std::string edits_of(const Drift& drift) {
  if (drift.edits.empty()) return {};
  std::string part = "\n#### Edits\n\n" + heading_row({"when", "application", "what", "who"});
  for (const DriftEdit& entry : drift.edits) {
    const std::string& who = entry.edit.by.empty() ? entry.edit.by_id : entry.edit.by;
    part += row({text(entry.edit.at), code(entry.application), text(entry.edit.activity),
                 text(who) + (entry.ours ? " (ours)" : "")});
  }
  return part;
}

/// Parts of the document in order, as long as they fit.
class Document {
 public:
  Document(std::string head, std::size_t limit) : text_(std::move(head)), limit_(limit) {}

  void add(const std::string& part, std::size_t applications = 0) {
    constexpr std::size_t reserve = 200;  // for the sentence about what is left out
    if (text_.size() + part.size() + reserve <= limit_) {
      text_ += part;
    } else {
      cut_ = true;
      left_out_ += applications;
    }
  }

  [[nodiscard]] std::string take() {
    if (cut_) {
      text_ += fmt::format(
          "\nToo long for one comment: {} left out; the text of `syncwright plan` "
          "or `--format json` has all of it.\n",
          left_out_ == 0 ? "a part is"
                         : counted(left_out_, "application") + (left_out_ == 1 ? " is" : " are"));
    }
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t limit_;
  std::size_t left_out_ = 0;
  bool cut_ = false;
};

std::string rendered(const Plan& plan, std::string head, const std::string& edits, bool tells_cause,
                     std::size_t limit) {
  if (!plan.complete) {
    head += "\nNot complete: a part of the manifests or of the tenant was left out.\n";
  }
  Document document(std::move(head), limit);
  if (!tells_cause) document.add(guards_of(plan));
  // What is refused is what a reviewer has to see, however long the rest is.
  const std::vector<ApplicationGroup> groups = group_applications(plan.changes);
  for (const bool refused : {true, false}) {
    for (const ApplicationGroup& group : groups) {
      if (group.refused() == refused) {
        document.add(block_of(group, tells_cause), group.applications.size());
      }
    }
  }
  document.add(edits);
  document.add(health_of(plan));
  document.add(orphans_of(plan));
  document.add(diagnostics_of(plan));
  return document.take();
}

}  // namespace

std::string render_plan_markdown(const Plan& plan, std::size_t limit) {
  const std::string verdict =
      plan.has_changes() ? "**" + summary_of(plan) + "**" : unchanged_words(plan);
  return rendered(plan, fmt::format("### Plan for {}\n\n{}\n", place_words(plan), verdict), {},
                  false, limit);
}

std::string render_drift_markdown(const Drift& drift, std::size_t limit) {
  const Plan& plan = drift.plan;
  const bool ill = std::any_of(plan.health.begin(), plan.health.end(),
                               [](const Health& health) { return health.is_drift; });
  const bool drifted = plan.has_changes() || ill || !plan.orphans.empty();
  const std::string verdict =
      drifted ? fmt::format("**{}: {} {}, {} missing.**",
                            counted(plan.changes.size(), "step") + " to mend",
                            counted(static_cast<std::size_t>(plan.summary.update), "application"),
                            plan.summary.update == 1 ? "differs" : "differ", plan.summary.create)
              : std::string("No drift. The tenant is as the manifests say.");
  return rendered(plan, fmt::format("### Drift of {}\n\n{}\n", place_words(plan), verdict),
                  edits_of(drift), true, limit);
}

}  // namespace syncwright
