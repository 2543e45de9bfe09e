#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.h"
#include "report/html/sections.h"
#include "syncwright/core/text.h"

namespace syncwright::report::html {
namespace {

constexpr std::size_t kShownSamples = 3;

std::string kind_word(PageFlow::Kind kind) {
  switch (kind) {
    case PageFlow::Kind::direct:
      return "Direct";
    case PageFlow::Kind::expression:
      return "Expression";
    case PageFlow::Kind::constant:
      return "Constant";
    case PageFlow::Kind::none:
      return "None";
    case PageFlow::Kind::unmanaged:
      return "Unmanaged";
  }
  return {};
}

/// Kind, expression, when, matching priority, default value.
std::string flow_cells(const PageFlow& flow) {
  const std::string expression = flow.expression.empty()
                                     ? std::string("<span class=\"faint\">–</span>")
                                     : element("code", "", text(flow.expression));
  return fmt::format(
      "<td>{}</td><td class=\"wide\">{}</td><td>{}</td><td class=\"number\">{}</td><td "
      "class=\"default\">{}</td>",
      kind_word(flow.kind), expression, flow.when.empty() ? "Always" : text(flow.when),
      text(flow.matching), element("code", "", text(flow.default_value)));
}

std::string samples_cell(const PageMapping& mapping, std::size_t rows) {
  std::string samples;
  for (std::size_t i = 0; i < std::min(mapping.samples.size(), kShownSamples); ++i) {
    const PageSample& sample = mapping.samples[i];
    samples += fmt::format("<div class=\"sample\"><code>{}</code><span>{}</span></div>",
                           text(sample.value), text(sample.of));
  }
  if (mapping.samples.size() > kShownSamples) {
    samples += fmt::format("<div class=\"faint\">and {} more</div>",
                           mapping.samples.size() - kShownSamples);
  }
  return fmt::format("<td class=\"in-tests\" rowspan=\"{}\">{}</td>", rows, samples);
}

std::string target_cell(const PageMapping& mapping, std::size_t rows) {
  std::string_view mark;
  if (mapping.changed) {
    mark = !mapping.after   ? "<span class=\"mark bad\">goes</span>"
           : mapping.before ? "<span class=\"mark warn\">differs</span>"
                            : "<span class=\"mark good\">new</span>";
  }
  if (mapping.unknown_before) mark = "<span class=\"mark warn\">is set</span>";
  return fmt::format("<th scope=\"row\" rowspan=\"{}\"><code>{}</code>{}</th>", rows,
                     text(mapping.target), mark);
}

/// A row, or of a changed mapping what the tenant has above what the manifest says.
std::string table_rows(const PageMapping& mapping, std::size_t row, bool with_samples) {
  std::vector<std::pair<std::string_view, const PageFlow*>> lines;
  if (mapping.before) lines.emplace_back("tenant", &*mapping.before);
  if (mapping.after) lines.emplace_back("manifest", &*mapping.after);
  std::string rows;
  for (const auto& [side, flow] : lines) {
    const bool is_first = rows.empty();
    rows += fmt::format("<tr class=\"{}\" data-row=\"{}\">{}<td class=\"side\">{}</td>{}{}</tr>\n",
                        !mapping.changed  ? ""
                        : !mapping.before ? "manifest added"
                                          : side,
                        row, is_first ? target_cell(mapping, lines.size()) : "",
                        mapping.changed ? side : "", flow_cells(*flow),
                        is_first && with_samples ? samples_cell(mapping, lines.size()) : "");
  }
  return rows;
}

std::string editors(const std::vector<PageMapping>& mappings, const std::vector<PageEdit>& edits) {
  const bool differs = std::any_of(mappings.begin(), mappings.end(),
                                   [](const PageMapping& mapping) { return mapping.changed; });
  std::string told;
  for (const PageEdit& edit : edits) {
    if (!differs || !edit.schema || edit.ours || edit.outside) continue;
    told += fmt::format(
        "<li><b><bdi>{}</bdi></b> edited mappings or scope <span class=\"faint\">"
        "{}</span></li>",
        text(edit.by), time(edit.at));
  }
  return element("ul", "editors", told);
}

}  // namespace

std::string title_of(const PageObjectMapping& mapping) {
  std::string title = mapping.source;
  if (!mapping.target.empty()) title += " → " + mapping.target;
  if (!mapping.rule.empty()) title += " (" + mapping.rule + ")";
  return title;
}

std::string mapping_table(const PageObjectMapping& mapping, const std::vector<PageEdit>& edits) {
  if (mapping.mappings.empty()) return {};
  const bool with_samples =
      std::any_of(mapping.mappings.begin(), mapping.mappings.end(),
                  [](const PageMapping& each) { return !each.samples.empty(); });
  std::string rows;
  for (std::size_t row = 0; row < mapping.mappings.size(); ++row) {
    rows += table_rows(mapping.mappings[row], row, with_samples);
  }
  const std::string title = text(title_of(mapping));
  const std::string job = text(mapping.job);
  return fmt::format(
      "<h4>{} <span class=\"faint\">job {}, {}</span></h4>\n{}<div class=\"scroll\" "
      "role=\"region\" "
      "tabindex=\"0\" aria-label=\"Mapping {} of job {}\"><table>\n<thead><tr><th scope=\"col\">"
      "Target attribute</th><td></td><th scope=\"col\">Kind</th><th scope=\"col\">Source or "
      "expression</th><th scope=\"col\">When</th><th scope=\"col\" class=\"number\">Match</th><th "
      "scope=\"col\">Default</th>{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
      title, job, count_words(mapping.mappings.size(), "attribute"),
      editors(mapping.mappings, edits), title, job,
      with_samples ? "<th scope=\"col\">In the tests</th>" : "", rows);
}

}  // namespace syncwright::report::html
