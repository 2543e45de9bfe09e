#include "syncwright/report/drift_text.h"

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
constexpr std::string_view kUnreadable = "SW5019";

/// A difference of the tenant, not a step towards mending it.
std::string difference_of(const Change& change) {
  if (change.refusal && change.refusal->code == kUnreadable) return "live state is not known";
  const std::string job = escape_terminal(change.job);
  switch (change.type) {
    case ChangeType::application_instantiate:
      return "application is missing";
    case ChangeType::application_update:
      return "application differs";
    case ChangeType::job_create:
      return fmt::format("job {} is missing", job);
    case ChangeType::job_pause:
      return fmt::format("job {} runs", job);
    case ChangeType::job_start:
      return fmt::format("job {} does not run", job);
    case ChangeType::job_restart:
      return fmt::format("job {} needs a restart", job);
    case ChangeType::credentials_validate:
      return {};
    case ChangeType::credentials_save:
      return "settings differ";
    case ChangeType::schema_put:
      return fmt::format("schema of job {} differs", job);
  }
  return {};
}

/// Steps that follow from something missing say nothing new about the tenant.
bool is_difference(const Change& change, std::span<const Change> application) {
  if (change.status != ChangeStatus::planned) return true;
  if (change.type == ChangeType::credentials_validate || change.provisional) return false;
  const ChangeType first = application.front().type;
  if (first == ChangeType::application_instantiate) return &change == &application.front();
  if (change.type != ChangeType::job_start) return true;
  return std::none_of(application.begin(), application.end(), [&change](const Change& other) {
    return other.type == ChangeType::job_create && other.job == change.job;
  });
}

void append_field(Page& page, const FieldChange& field) {
  const std::string path = escape_terminal(field.path);
  page.line(std::string(kDetailIndent, ' ') + path);
  const std::size_t column = kDetailIndent + 4 + 10;
  page.entry(kDetailIndent + 4, page.paint(Tone::change, "tenant"), 6, column,
             value_words(field.before));
  page.entry(kDetailIndent + 4, page.paint(Tone::good, "manifest"), 8, column,
             value_words(field.after));
}

bool shows_fields(const Change& change) {
  return change.type == ChangeType::application_update ||
         change.type == ChangeType::credentials_save ||
         (change.type == ChangeType::schema_put && !change.provisional);
}

/// Number of differences shown.
std::size_t append_application(Page& page, std::span<const Change> application) {
  std::size_t shown = 0;
  page.line();
  page.line(page.paint(Tone::strong, escape_terminal(application.front().application)));
  for (const Change& change : application) {
    if (!is_difference(change, application)) continue;
    const std::string what = difference_of(change);
    page.entry(kChangeIndent, page.paint(Tone::change, what), display_width(what),
               kChangeIndent + display_width(what) + 2, "",
               in_brackets(position_of(change.origin)));
    append_refusal(page, kDetailIndent, change);
    const bool fields = shows_fields(change);
    std::size_t in_fields = 0;
    for (const FieldChange& field : change.fields) {
      // A secret that is saved again differs in its revision alone.
      if (!fields || bool_or(field.before, "saved", false)) continue;
      append_field(page, field);
      ++in_fields;
    }
    shown += std::max<std::size_t>(in_fields, 1);
  }
  return shown;
}

std::string verdict(std::size_t applications, std::size_t differences, const Plan& plan) {
  const auto ill = static_cast<std::size_t>(std::count_if(
      plan.health.begin(), plan.health.end(), [](const Health& item) { return item.is_drift; }));
  std::vector<std::string> parts;
  if (differences > 0) {
    parts.push_back(fmt::format("{} in {}", counted(differences, "difference"),
                                counted(applications, "application")));
  }
  if (ill > 0) parts.push_back(counted(ill, "job") + " in bad health");
  if (!plan.orphans.empty()) parts.push_back(counted(plan.orphans.size(), "orphan"));
  if (parts.empty()) return {};
  return fmt::format("Drift: {}.", fmt::join(parts, ", "));
}

}  // namespace

std::string render_drift(const Plan& plan, const Style& style) {
  Page page(style);
  page.line(page.paint(Tone::strong, "Drift of " + place_of(plan)));
  if (!plan.complete) {
    page.paragraph(0, "Not complete: a part of the manifests or of the tenant was left out.",
                   Tone::change);
  }
  std::size_t applications = 0;
  std::size_t differences = 0;
  for (std::size_t i = 0; i < plan.changes.size(); ++applications) {
    const std::size_t end = end_of_application(plan.changes, i);
    differences += append_application(page, std::span(plan.changes).subspan(i, end - i));
    i = end;
  }
  append_health(page, plan.health);
  append_orphans(page, plan.orphans);
  append_diagnostics(page, plan.diagnostics);
  const std::string drift = verdict(applications, differences, plan);
  page.line();
  page.line(drift.empty() ? page.paint(Tone::good, "No drift. The tenant is as the manifests say.")
                          : page.paint(Tone::bad, drift));
  return page.take();
}

}  // namespace syncwright
