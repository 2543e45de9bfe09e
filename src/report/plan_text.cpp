#include "syncwright/report/plan_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "change_words.h"
#include "page.h"
#include "plan_sections.h"
#include "syncwright/report/escape.h"
#include "text_layout.h"
#include "value_words.h"

namespace syncwright {

namespace {

constexpr std::size_t kChangeIndent = 4;
constexpr std::size_t kDetailIndent = 8;
constexpr std::size_t kLongestPath = 44;  ///< longer paths do not push the values of others away

bool is_unknown(const FieldChange& field) {
  return bool_or(field.before, "unknown", false);
}

/// What a field does, as a sign of its own: beneath a change that makes something there is none.
char sign_of(const FieldChange& field) {
  if (field.after.is_null()) return '-';
  if (is_unknown(field)) return '~';
  return field.before.is_null() ? '+' : '~';
}

Tone tone_of_sign(char sign) {
  if (sign == '+') return Tone::good;
  return sign == '-' ? Tone::bad : Tone::change;
}

/// What the heading of the application or the change's own line has said already.
bool is_said(const Change& change, const FieldChange& field) {
  switch (change.type) {
    case ChangeType::application_instantiate:
      return field.path == "displayName" || field.path == "gallery";
    case ChangeType::job_pause:
    case ChangeType::job_start:
      return field.path == "state";
    case ChangeType::application_update:
    case ChangeType::job_create:
    case ChangeType::credentials_validate:
    case ChangeType::credentials_save:
    case ChangeType::schema_put:
    case ChangeType::job_restart:
      return false;
  }
  return false;
}

/// "[city] → [extensionAttribute10]", or the one value there is.
std::string transition(const FieldChange& field, const Style& style) {
  if (field.after.is_null()) return is_unknown(field) ? "" : value_words(field.before);
  if (field.before.is_null() || is_unknown(field)) return value_words(field.after);
  return fmt::format("{} {} {}", value_words(field.before), style.arrow(),
                     value_words(field.after));
}

std::size_t path_column(const Change& change) {
  std::size_t widest = 0;
  for (const FieldChange& field : change.fields) {
    const std::size_t width = display_width(escape_terminal(field.path));
    if (!is_said(change, field) && width <= kLongestPath) widest = std::max(widest, width);
  }
  return kDetailIndent + 2 + widest + 2;
}

void append_field(Page& page, const FieldChange& field, std::size_t column) {
  const char sign = sign_of(field);
  const std::string path = escape_terminal(field.path);
  const std::string head =
      page.paint(tone_of_sign(sign), std::string(1, sign)) + " " + page.paint(Tone::plain, path);
  const std::size_t width = 2 + display_width(path);
  const std::string words = transition(field, page.style());
  const std::size_t begin = std::max(column, kDetailIndent + width + 2);
  const auto limit = static_cast<std::size_t>(std::max(page.style().width, 0));
  const bool replaces = !field.before.is_null() && !field.after.is_null() && !is_unknown(field);
  if (begin + display_width(words) <= limit || !replaces) {
    page.entry(kDetailIndent, head, width, begin, words);
    return;
  }
  page.entry(kDetailIndent, head, width, begin, "");
  page.entry(kDetailIndent + 4, page.paint(Tone::bad, "-"), 1, kDetailIndent + 6,
             value_words(field.before));
  page.entry(kDetailIndent + 4, page.paint(Tone::good, "+"), 1, kDetailIndent + 6,
             value_words(field.after));
}

void append_change(Page& page, const Change& change, std::size_t title_width) {
  const std::string title = title_of(change.type, change.job);
  const std::string head =
      page.paint(tone_of(change), std::string(1, sign_of(change))) + " " + title;
  page.entry(kChangeIndent, head, 2 + display_width(title), kChangeIndent + 2 + title_width + 3,
             escape_terminal(change.reason), in_brackets(position_of(change.origin)));
  append_refusal(page, kDetailIndent, change);
  const std::size_t column = path_column(change);
  for (const FieldChange& field : change.fields) {
    if (!is_said(change, field)) append_field(page, field, column);
  }
}

/// "Salesforce Contoso (Salesforce)" of an application that is to be created; its change knows
/// both.
std::string description_of(const Change& first) {
  std::string name;
  std::string gallery;
  if (first.type != ChangeType::application_instantiate) return {};
  for (const FieldChange& field : first.fields) {
    if (field.path == "displayName") name = value_words(field.after);
    if (field.path == "gallery") gallery = value_words(field.after);
  }
  return fmt::format("   {} ({})", name, gallery);
}

void append_application(Page& page, std::span<const Change> changes) {
  const bool creates = changes.front().type == ChangeType::application_instantiate;
  const bool refused = std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.status != ChangeStatus::planned;
  });
  const Tone tone = refused ? Tone::bad : creates ? Tone::good : Tone::change;
  const std::string what = refused   ? creates ? "cannot be created" : "cannot be updated"
                           : creates ? "will be created"
                                     : "will be updated";
  page.line();
  page.line(fmt::format("{} {}{}   {}",
                        page.paint(tone, refused   ? "!"
                                         : creates ? "+"
                                                   : "~"),
                        page.paint(Tone::strong, escape_terminal(changes.front().application)),
                        description_of(changes.front()), page.paint(tone, what)));
  std::size_t title_width = 0;
  for (const Change& change : changes) {
    title_width = std::max(title_width, display_width(title_of(change.type, change.job)));
  }
  for (const Change& change : changes) append_change(page, change, title_width);
}

std::string summary_of(const Plan& plan) {
  const PlanSummary& summary = plan.summary;
  std::string text = fmt::format("Plan: {} to create, {} to update, {} unchanged", summary.create,
                                 summary.update, summary.unchanged);
  if (summary.orphaned > 0) text += fmt::format(", {} orphaned", summary.orphaned);
  text += fmt::format(". {}", counted(plan.changes.size(), "change"));
  const auto refused =
      std::count_if(plan.changes.begin(), plan.changes.end(),
                    [](const Change& change) { return change.status != ChangeStatus::planned; });
  if (refused > 0) text += fmt::format(", {} of them refused: apply would write nothing", refused);
  return text + ".";
}

}  // namespace

std::string render_plan(const Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong, "Plan for " + place_of(plan)));
  if (!plan.complete) {
    page.paragraph(0, "Not complete: a part of the manifests or of the tenant was left out.",
                   Tone::change);
  }
  for (std::size_t i = 0; i < plan.changes.size();) {
    const std::size_t end = end_of_application(plan.changes, i);
    append_application(page, std::span(plan.changes).subspan(i, end - i));
    i = end;
  }
  append_health(page, plan.health);
  append_orphans(page, plan.orphans);
  append_diagnostics(page, plan.diagnostics);
  page.line();
  const bool refused = plan.has_refusals();
  page.line(plan.has_changes()
                ? page.paint(refused ? Tone::bad : Tone::strong, summary_of(plan))
                : page.paint(Tone::good, "No changes. The tenant is as the manifests say."));
  return page.take();
}

}  // namespace syncwright
