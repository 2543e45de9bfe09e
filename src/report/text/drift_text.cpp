#include <fmt/format.h>

#include <algorithm>

#include "report/application_group.h"
#include "report/drift_report.h"
#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "report/text/plan_sections.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr Code kUnreadable = Code::SW5019;
constexpr Code kUnclearJob = Code::SW5007;

/// A difference of the tenant, not a step towards mending it.
std::string difference_of(const plan::Change& change) {
  if (change.refusal && change.refusal->code == kUnreadable) return "live state is not known";
  // The candidates are live jobs, so that none of them is missing.
  if (change.refusal && change.refusal->code == kUnclearJob &&
      !change.refusal->candidates.empty()) {
    return fmt::format("job {} cannot be told", escape_terminal(change.job.text()));
  }
  return difference_words(change);
}

/// Steps that follow from something missing say nothing new about the tenant.
bool is_difference(const plan::Change& change, const std::vector<plan::Change>& application) {
  if (change.status != plan::ChangeStatus::planned) return true;
  if (plan::traits_of(change.type).difference.empty() || change.provisional) return false;
  const plan::ChangeType first = application.front().type;
  if (first == plan::ChangeType::application_instantiate) return &change == &application.front();
  if (change.type != plan::ChangeType::job_start) return true;
  return std::none_of(application.begin(), application.end(), [&change](const plan::Change& other) {
    return other.type == plan::ChangeType::job_create && other.job == change.job;
  });
}

const char* words_of(plan::Cause cause) {
  switch (cause) {
    case plan::Cause::unknown:
      return "";
    case plan::Cause::tenant:
      return "the tenant changed";
    case plan::Cause::manifest:
      return "the manifest changed, not applied yet";
    case plan::Cause::both:
      return "both the manifest and the tenant changed";
  }
  return "";
}

void append_field(Page& page, const schema::FieldChange& field) {
  const std::string path = escape_terminal(field.path.text());
  page.line(std::string(kDetailIndent, ' ') + path);
  const std::size_t column = kDetailIndent + 4 + 10;
  page.entry(kDetailIndent + 4, page.paint(Tone::change, "tenant"), 6, column,
             value_words(field.before));
  page.entry(kDetailIndent + 4, page.paint(Tone::good, "manifest"), 8, column,
             value_words(field.after));
}

bool shows_fields(const plan::Change& change) {
  return plan::traits_of(change.type).sign == '~' && !change.provisional;
}

/// What the last line counts.
struct Count {
  std::size_t applications = 0;
  std::size_t differences = 0;
  std::size_t pending = 0;  ///< of the differences: by the manifest alone
};

/// Number of fields shown.
std::size_t append_fields(Page& page, const plan::Change& change) {
  if (!shows_fields(change)) return 0;
  std::size_t shown = 0;
  for (const schema::FieldChange& field : change.fields) {
    // A secret that is saved again differs in its revision alone.
    if (bool_or(field.before, "saved", false)) continue;
    append_field(page, field);
    ++shown;
  }
  return shown;
}

/// The columns that the lines of a group speak of.
std::vector<const DifferingValue*> find_columns(const ApplicationGroup& group) {
  const auto is_told = [&group](const DifferingValue& value, std::size_t index) {
    const plan::Change& change = group.changes[index];
    if (!is_difference(change, group.changes)) return false;
    switch (value.kind) {
      case DifferingValue::Kind::field:
        return shows_fields(change);
      case DifferingValue::Kind::access:
      case DifferingValue::Kind::advice:
        return true;
      case DifferingValue::Kind::reason:
        return false;
    }
    return false;
  };
  std::vector<const DifferingValue*> columns;
  for (const DifferingValue& value : group.differing) {
    const bool told = std::any_of(value.changes.begin(), value.changes.end(),
                                  [&](std::size_t index) { return is_told(value, index); });
    if (told) columns.push_back(&value);
  }
  return columns;
}

void append_application(Page& page, const ApplicationGroup& group, Count& count) {
  page.line();
  page.line(page.paint(Tone::strong, group.is_one()
                                         ? escape_terminal(group.applications.front())
                                         : count_words(group.applications.size(), "application")));
  const std::vector<const DifferingValue*> columns = find_columns(group);
  if (!group.is_one() && columns.empty()) page.paragraph(kChangeIndent, names_of(group));
  count.applications += group.applications.size();
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    const plan::Change& change = group.changes[i];
    if (!is_difference(change, group.changes)) continue;
    const std::string what = difference_of(change);
    page.entry(kChangeIndent, page.paint(Tone::change, what), display_width(what),
               kChangeIndent + display_width(what) + 2, words_of(change.cause),
               in_brackets(places_of(group, i)));
    append_refusal(page, kDetailIndent, change);
    const std::size_t fields = append_fields(page, change);
    const std::size_t differences = std::max<std::size_t>(fields, 1) * group.applications.size();
    count.differences += differences;
    if (change.cause == plan::Cause::manifest) count.pending += differences;
  }
  append_differences(page, kChangeIndent, group, columns);
}

void append_edits(Page& page, const std::vector<plan::DriftEdit>& edits) {
  if (edits.empty()) return;
  const EditSummary told = summarize_edits(edits);
  std::size_t names = 0;
  for (const plan::DriftEdit* edit : told.one_by_one) {
    names = std::max(names, display_width(escape_terminal(edit->application)));
  }
  page.line();
  page.line(page.paint(Tone::strong, "Edits") + page.paint(Tone::faint, "  of the audit log"));
  for (const plan::DriftEdit* edit : told.one_by_one) {
    const std::string name = escape_terminal(edit->application);
    page.entry(2, name, display_width(name), 2 + names + 2,
               fmt::format("{}  {} by {}{}", escape_terminal(edit->edit.at),
                           escape_terminal(edit->edit.activity), escape_terminal(editor_of(*edit)),
                           edit->ours ? " (ours)" : ""));
  }
  if (!told.others.empty()) page.line("  " + told.others);
}

void append_outside(Page& page, const plan::Drift& drift) {
  if (!drift.unmanaged || drift.unmanaged->empty()) return;
  const std::vector<RepeatedEdit> told = outside_edits(*drift.unmanaged);
  std::size_t names = 0;
  for (const RepeatedEdit& each : told) {
    names = std::max(names, display_width(escape_terminal(each.last->application)));
  }
  page.line();
  page.line(page.paint(Tone::strong, kOutsideHeading));
  for (const RepeatedEdit& each : told) {
    const std::string name = escape_terminal(each.last->application);
    page.entry(2, name, display_width(name), 2 + names + 2,
               fmt::format("{}  {}  {}", escape_terminal(each.last->edit.at),
                           escape_terminal(editor_of(*each.last)), escape_terminal(what_of(each))));
  }
  if (const std::size_t more = count_left_out(told, *drift.unmanaged); more > 0) {
    page.line(fmt::format("  {} more (--format json lists them)", more));
  }
  page.paragraph(2, kOutsideAdvice, Tone::faint);
}

std::string verdict(const Count& count, const plan::Drift& drift) {
  std::vector<std::string> parts;
  if (count.differences > 0) {
    parts.push_back(fmt::format("{} in {}", count_words(count.differences, "difference"),
                                count_words(count.applications, "application")));
  }
  if (count.pending > 0) parts.push_back(fmt::format("{} of them pending", count.pending));
  const std::vector<std::string> ills = ills_of(drift.plan);
  parts.insert(parts.end(), ills.begin(), ills.end());
  if (parts.empty()) return {};
  if (const std::string outside = outside_words(drift); !outside.empty()) parts.push_back(outside);
  return fmt::format("Drift: {}.", fmt::join(parts, ", "));
}

}  // namespace

std::string render_drift(const plan::Drift& drift, const Style& style) {
  const plan::Plan& plan = drift.plan;
  Page page(style);
  page.line(page.paint(Tone::strong, "Drift of " + place_of(plan)));
  if (!plan.complete) {
    page.paragraph(0, "Not complete: a part of the manifests or of the tenant was left out.",
                   Tone::change);
  }
  Count count;
  for (const ApplicationGroup& group : group_applications(plan.changes)) {
    append_application(page, group, count);
  }
  append_edits(page, drift.edits);
  append_outside(page, drift);
  append_health(page, plan.health);
  append_orphans(page, plan.orphans);
  append_diagnostics(page, plan.diagnostics);
  const std::string words = verdict(count, drift);
  const bool as_said = drift.unmanaged && drift.unmanaged->empty();
  page.line();
  page.line(words.empty() ? page.paint(as_said ? Tone::good : Tone::change, no_drift_words(drift))
                          : page.paint(Tone::bad, words));
  return page.take();
}

}  // namespace syncwright::report
