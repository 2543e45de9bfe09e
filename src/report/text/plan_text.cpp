#include "syncwright/report/plan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/application_group.h"
#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "report/text/plan_sections.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kWidestTitle = 44;  ///< longer titles do not push the reasons of others away

/// Whether the heading of the application or the line of the change shows this field already.
bool is_said(const plan::Change& change, const schema::FieldChange& field) {
  const auto& said = plan::traits_of(change.type).said;
  return std::find(said.begin(), said.end(), field.path.text()) != said.end();
}

void append_change(Page& page, const ApplicationGroup& group, std::size_t index,
                   std::size_t title_width) {
  const plan::Change& change = group.changes[index];
  const std::string title = title_of(change);
  const std::string head =
      page.paint(tone_of_sign(sign_of(change)), std::string(1, sign_of(change))) + " " + title;
  const std::size_t width = 2 + display_width(title);
  page.entry(kChangeIndent, head, width, kChangeIndent + std::max(2 + title_width, width) + 3,
             escape_terminal(change.reason.text()), in_brackets(places_of(group, index)));
  append_risk(page, kDetailIndent, change);
  append_effect(page, kDetailIndent, change);
  append_refusal(page, kDetailIndent, change);
  std::vector<const schema::FieldChange*> fields;
  for (const schema::FieldChange& field : change.fields) {
    if (!is_said(change, field)) fields.push_back(&field);
  }
  append_fields(page, kDetailIndent, fields);
  const std::string sent = sent_words(change);
  if (!sent.empty()) page.paragraph(kDetailIndent, sent, Tone::faint);
}

/// "Salesforce Contoso (Salesforce)" of an application that is to be created; its change knows
/// both.
std::string description_of(const ApplicationGroup& group) {
  std::string name;
  std::string gallery;
  const plan::Change& first = group.changes.front();
  if (first.type != plan::ChangeType::application_instantiate) return {};
  for (const schema::FieldChange& field : first.fields) {
    if (field.path == "displayName") name = value_words(field.after);
    if (field.path == "gallery") gallery = value_words(field.after);
  }
  return fmt::format("   {} ({})", name, gallery);
}

void append_application(Page& page, const ApplicationGroup& group) {
  const Tone tone = tone_of_sign(group.sign());
  const std::string name = group.is_one() ? escape_terminal(group.applications.front())
                                          : count_words(group.applications.size(), "application");
  page.line();
  page.line(fmt::format("{} {}{}   {}", page.paint(tone, std::string(1, group.sign())),
                        page.paint(Tone::strong, name), description_of(group),
                        page.paint(tone, group.verdict())));
  // The table of differing values names the applications as well.
  const bool needs_names = !group.is_one() && group.differing.empty();
  if (needs_names) page.paragraph(kChangeIndent, names_of(group));
  std::size_t title_width = 0;
  for (const plan::Change& change : group.changes) {
    const std::size_t width = display_width(title_of(change));
    if (width <= kWidestTitle) title_width = std::max(title_width, width);
  }
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    append_change(page, group, i, title_width);
  }
  std::vector<const DifferingValue*> columns;
  columns.reserve(group.differing.size());
  for (const DifferingValue& value : group.differing) columns.push_back(&value);
  append_differences(page, kChangeIndent, group, columns);
}

/// The applications of the planned changes, by what becomes of them.
struct Tally {
  std::set<std::string> created;
  std::set<std::string> deleted;
  std::set<std::string> updated;
  std::size_t changes = 0;
};

Tally tally_of(const plan::Plan& plan) {
  Tally tally;
  for (const plan::Change& change : plan.changes) {
    if (change.status != plan::ChangeStatus::planned) continue;
    ++tally.changes;
    const plan::ApplicationEffect effect = plan::traits_of(change.type).effect;
    if (effect == plan::ApplicationEffect::deleted) {
      tally.deleted.insert(change.application);
    } else if (effect == plan::ApplicationEffect::created) {
      tally.created.insert(change.application);
    } else if (!tally.created.contains(change.application)) {  // it comes first of all
      tally.updated.insert(change.application);
    }
  }
  return tally;
}

/// "2 to create, 1 to delete, 12 changes"
std::string tally_words(const Tally& tally) {
  std::vector<std::string> parts;
  const auto add = [&parts](const std::set<std::string>& names, const char* verb) {
    if (!names.empty()) parts.push_back(fmt::format("{} to {}", names.size(), verb));
  };
  add(tally.created, "create");
  add(tally.updated, "update");
  add(tally.deleted, "delete");
  parts.push_back(count_words(tally.changes, "change"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string render_plan(const plan::Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong, "Plan for " + place_of(plan)));
  if (!plan.complete) {
    page.paragraph(0, "Not complete: a part of the manifests or of the tenant was left out.",
                   Tone::change);
  }
  const std::vector<ApplicationGroup> groups = group_applications(plan.changes);
  const bool refused = plan.has_refusals();
  if (count_applications(groups) >= kManyApplications) {
    page.line(page.paint(refused ? Tone::bad : Tone::strong, summary_of(plan)));
  }
  for (const ApplicationGroup& group : groups) append_application(page, group);
  append_guards(page, plan.guards);
  append_health(page, plan.health);
  append_orphans(page, plan.orphans);
  append_diagnostics(page, plan.diagnostics);
  page.line();
  page.line(plan.has_changes() ? page.paint(refused ? Tone::bad : Tone::strong, summary_of(plan))
                               : page.paint(Tone::good, unchanged_words(plan)));
  return page.take();
}

std::string approval_question(const plan::Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong,
                       fmt::format("{}: {}.", place_of(plan), tally_words(tally_of(plan)))));
  for (const plan::GuardVerdict& verdict : plan.guards) {
    page.line(page.paint(Tone::bad, fmt::format("guard {}: {}", to_string(verdict.guard),
                                                escape_terminal(verdict.message))));
  }
  return page.take() + "Do you want to carry out these changes?";
}

}  // namespace syncwright::report
