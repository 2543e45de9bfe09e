#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "report/markdown/plan_markdown.h"
#include "report/words/change_words.h"
#include "report/words/value_words.h"
#include "syncwright/core/text.h"
#include "syncwright/plan/risk.h"

namespace syncwright::report::markdown {

namespace {

const char* cause_words(plan::Cause cause) {
  switch (cause) {
    case plan::Cause::unknown:
      return "";
    case plan::Cause::tenant:
      return "tenant";
    case plan::Cause::manifest:
      return "manifest, not applied yet";
    case plan::Cause::both:
      return "manifest and tenant";
  }
  return "";
}

std::string refusal_cell(const plan::Change& change) {
  if (!change.refusal) return {};
  const plan::Refusal& refusal = *change.refusal;
  std::string words = fmt::format("<br>**{}** {} {}", to_string(change.status),
                                  code(to_string(refusal.code)), text(refusal.message));
  for (const std::string& candidate : refusal.candidates) words += "<br>• " + code(candidate);
  if (!refusal.advice.empty()) words += "<br>Way out: " + text(refusal.advice);
  return words;
}

constexpr std::size_t kMostRiskyFields = 8;
constexpr std::size_t kLongestRiskyValue = 300;  ///< bytes

bool is_inside_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string beginning_of(std::string words) {
  if (words.size() <= kLongestRiskyValue) return words;
  std::size_t end = kLongestRiskyValue;
  while (end > 0 && is_inside_character(words[end])) --end;
  words.resize(end);
  return words + "…";
}

std::string transition_of(const schema::FieldChange& field) {
  return fmt::format("{}: {} → {}", beginning_of(value_words(Json(field.path.text()))),
                     beginning_of(value_words(field.before)),
                     beginning_of(value_words(field.after)));
}

/// What may happen to accounts, and the fields that it comes from.
std::string risk_cell(const plan::Change& change) {
  if (change.risks.empty()) return {};
  std::string lines = fmt::format("<br>**risk: {}**", to_string(change.risks));
  std::size_t risky = 0;
  for (const schema::FieldChange& field : change.fields) {
    if (plan::risks_of(change.type, field).empty() || ++risky > kMostRiskyFields) continue;
    lines += "<br>" + code(transition_of(field));
  }
  if (risky > kMostRiskyFields) {
    lines += fmt::format("<br>and {} below", count_words(risky - kMostRiskyFields, "more value"));
  }
  return lines;
}

std::string change_row(const ApplicationGroup& group, std::size_t index, bool tells_cause) {
  const plan::Change& change = group.changes[index];
  std::string why = text(change.reason.text());
  why += risk_cell(change);
  const std::string effect = effect_words(change);
  if (!effect.empty()) why += "<br>Effect: " + text(effect);
  std::vector<std::string> cells{code(std::string(1, sign_of(change))), text(title_of(change)),
                                 why + refusal_cell(change)};
  if (tells_cause) cells.emplace_back(cause_words(change.cause));
  const std::string place = places_of(group, index);
  cells.push_back(place.empty() ? "" : code(place));
  return row(cells);
}

/// The lines of a diff cannot end its fence: each begins with a sign, or with words of ours.
std::string value_lines(const ApplicationGroup& group) {
  std::string lines;
  for (const plan::Change& change : group.changes) {
    if (is_assignment(change)) continue;
    for (const schema::FieldChange& field : change.fields) {
      const std::string path = value_words(Json(field.path.text()));
      if (!field.before.is_null() && !bool_or(field.before, "unknown", false)) {
        lines += fmt::format("- {}: {}\n", path, value_words(field.before));
      }
      if (!field.after.is_null())
        lines += fmt::format("+ {}: {}\n", path, value_words(field.after));
    }
    const std::string sent = sent_words(change);
    if (!sent.empty()) lines += "  " + sent + "\n";
  }
  return lines;
}

std::string value_block(const ApplicationGroup& group) {
  const std::string lines = value_lines(group);
  if (lines.empty()) return {};
  const std::string diff = "```diff\n" + lines + "```\n";
  if (group.is_risky()) return "\n" + diff;
  return "\n<details><summary>values</summary>\n\n" + diff + "\n</details>\n";
}

std::string change_table(const ApplicationGroup& group, bool tells_cause) {
  std::string table =
      heading_row(tells_cause ? std::vector<std::string>{"", "change", "why", "cause", "where"}
                              : std::vector<std::string>{"", "change", "why", "where"});
  for (std::size_t i = 0; i < group.changes.size(); ++i) {
    table += change_row(group, i, tells_cause);
  }
  return table;
}

/// A plan says "will be updated"; drift changes nothing and says nothing of the kind.
std::string verdict_words(const ApplicationGroup& group, bool tells_cause) {
  return tells_cause ? "" : std::string(" ") + group.verdict();
}

std::string heading_of(const ApplicationGroup& group, bool tells_cause) {
  return fmt::format("\n#### {} {}{}\n\n", code(std::string(1, group.sign())),
                     group.is_one() ? code(group.applications.front())
                                    : count_words(group.applications.size(), "application"),
                     verdict_words(group, tells_cause));
}

using Values = std::vector<const DifferingValue*>;

/// Who gets access first, then what is shortest: so the most is told where not all fits.
Values by_worth(const ApplicationGroup& group) {
  Values columns;
  for (const DifferingValue& value : group.differing) columns.push_back(&value);
  const auto length = [](const DifferingValue* value) {
    std::size_t bytes = value->kind == DifferingValue::Kind::access ? 0 : 1;
    for (const std::string& words : value->values) {
      if (value->kind != DifferingValue::Kind::access) bytes += words.size();
    }
    return bytes;
  };
  std::stable_sort(columns.begin(), columns.end(), [&](const auto* left, const auto* right) {
    return length(left) < length(right);
  });
  return columns;
}

/// A row for each application with the columns of `told`; of the others how many values there are.
std::string difference_table(const ApplicationGroup& group, const Values& told) {
  std::string table;
  std::vector<std::string> headings{"application"};
  Values columns;
  for (const DifferingValue& value : group.differing) {
    if (std::find(told.begin(), told.end(), &value) != told.end()) {
      columns.push_back(&value);
      headings.push_back(text(value.heading));
      continue;
    }
    const std::set<std::string> values(value.values.begin(), value.values.end());
    table +=
        fmt::format("\n{}: {} different values\n", code("<" + value.heading + ">"), values.size());
  }
  if (columns.empty())
    return table + "\n" + text(names_of(group, group.applications.size())) + "\n";
  table += "\n" + heading_row(headings);
  for (std::size_t i = 0; i < group.applications.size(); ++i) {
    std::vector<std::string> cells{code(group.applications[i])};
    for (const DifferingValue* column : columns) cells.push_back(code(column->values[i]));
    table += row(cells);
  }
  return table;
}

/// Everything that a reviewer has to know, and nothing else. `who`: Markdown.
std::string line_of(const ApplicationGroup& group, const std::string& who, bool tells_cause) {
  std::set<std::string> marks;
  for (const plan::Change& change : group.changes) {
    if (change.refusal) {
      marks.insert(fmt::format("**{}** {}", to_string(change.status),
                               code(to_string(change.refusal->code))));
    }
    if (!change.risks.empty()) marks.insert("**risk: " + to_string(change.risks) + "**");
  }
  std::string line = fmt::format("\n- {} {}{}", code(std::string(1, group.sign())), who,
                                 verdict_words(group, tells_cause));
  for (const std::string& mark : marks) {
    line += ", ";
    line += mark;
  }
  return line + "\n";
}

}  // namespace

Part part_of(const ApplicationGroup& group, bool tells_cause) {
  const std::size_t applications = group.applications.size();
  const std::string head = heading_of(group, tells_cause);
  const std::string changes = change_table(group, tells_cause);
  const std::string values = value_block(group);
  const auto names = group.is_one() || !group.differing.empty()
                         ? std::string()
                         : text(names_of(group, applications)) + "\n\n";
  Part part;
  part.whole = {{"application", applications}};
  Values told = by_worth(group);
  LeftOut left_out;
  for (;;) {
    std::string block = head + names + changes;
    if (!group.differing.empty()) block += difference_table(group, told);
    part.versions.push_back({block + values, left_out});
    // The value lists of a risky group are dropped once no column is left to drop.
    if (!values.empty() && (told.empty() || !group.is_risky())) {
      LeftOut without = left_out;
      without.emplace_back("value list", 1);
      part.versions.push_back({block, std::move(without)});
    }
    if (told.empty()) break;
    told.pop_back();
    left_out = {{"column", group.differing.size() - told.size()}};
  }
  const std::string all = text(names_of(group, applications));
  const std::pair<std::string, std::size_t> untold{"change", applications * group.changes.size()};
  part.versions.push_back({line_of(group, all, tells_cause), {untold}});
  // The names alone would leave no room for anything else.
  if (all.size() > kCommentLimit / 2) {
    part.versions.push_back({line_of(group, count_words(applications, "application"), tells_cause),
                             {untold, {"application name", applications}}});
  }
  return part;
}

}  // namespace syncwright::report::markdown
