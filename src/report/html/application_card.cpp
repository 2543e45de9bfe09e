#include <fmt/format.h>

#include <algorithm>

#include "report/html/markup.h"
#include "report/html/page_state.h"
#include "report/html/sections.h"
#include "syncwright/core/text.h"

namespace syncwright::report::html {
namespace {

std::string edit_list(const std::vector<PageEdit>& edits, bool outside) {
  std::string items;
  for (const PageEdit& edit : edits) {
    if (edit.outside != outside) continue;
    items += fmt::format("<li>{} <b><bdi>{}</bdi></b>{} <span>{}</span></li>\n", time(edit.at),
                         text(edit.by), edit.ours ? " (ours)" : "", text(edit.what));
  }
  if (items.empty()) return items;
  return fmt::format("<h3>{}</h3>\n<ul class=\"edits\">{}</ul>\n",
                     outside ? "Edits outside what the manifests manage" : "Who edited it", items);
}

std::string case_list(const std::vector<PageCase>& cases) {
  std::string items;
  for (const PageCase& each : cases) {
    std::string details;
    for (const std::string& fault : each.faults) details += element("p", "outcome", text(fault));
    for (const std::string& warning : each.warnings)
      details += element("p", "faint", text(warning));
    items += fmt::format(
        "<li class=\"{}\"><p class=\"step\"><b>{}</b> <span class=\"mark {}\">{}</span><span "
        "class=\"place\">{}</span></p><p class=\"faint\">{}</p>{}</li>\n",
        each.faults.empty() ? "good" : "bad", text(each.name), each.faults.empty() ? "good" : "bad",
        each.faults.empty() ? "passed" : "failed", text(each.place), text(each.test), details);
  }
  return items.empty() ? items
                       : fmt::format("<h3>Tests</h3>\n<ol class=\"steps cases\">{}</ol>\n", items);
}

/// Tables and pictures of all object mappings; of a table that an earlier card has, a link.
std::string mappings_of(const PageApplication& application, const std::string& id,
                        SharedTables& tables) {
  std::string markup;
  bool differs = false;
  for (const PageObjectMapping& mapping : application.mappings) {
    if (mapping.mappings.empty()) continue;
    markup += fmt::format("<div class=\"mapping\">{}{}</div>\n",
                          mapping_table(mapping, application.edits), flow_picture(mapping));
    differs |= std::any_of(mapping.mappings.begin(), mapping.mappings.end(),
                           [](const PageMapping& each) { return each.changed; });
  }
  if (markup.empty()) return markup;
  const std::string heading = "<h3>Attribute mappings</h3>\n";
  if (differs) return heading + markup;
  const auto [known, is_new] = tables.emplace(
      markup, fmt::format("<p>The same as of <a href=\"#{}\"><bdi>{}</bdi></a>.</p>\n", id,
                          text(application.name)));
  return heading + (is_new ? markup : known->second);
}

/// What is seen while the card is closed: "3 steps", "day 9 of 28".
std::string facts_of(const PageApplication& application, Instant now) {
  std::string facts;
  const auto add = [&facts](std::string_view tone, const std::string& words) {
    if (!words.empty()) facts += element("span", fmt::format("fact {}", tone), words);
  };
  for (const StatusRow& job : application.jobs) {
    if (!job.quarantine.empty()) {
      const std::optional<int> days = quarantine_days(job.quarantine_since, now);
      add("bad", days ? fmt::format("day {} of {}", *days, kQuarantineDays) : "quarantine");
    } else if (!job.cycle.error.empty()) {
      add("bad", "last cycle failed");
    } else {
      add("", text(job.state));
    }
  }
  if (!application.steps.empty()) add("", count_words(application.steps.size(), "step"));
  if (!application.cases.empty()) add("", count_words(application.cases.size(), "case"));
  return element("span", "facts-line", facts);
}

std::string subtitle(const PageApplication& application) {
  std::string words = text(application.display_name);
  if (!application.gallery.empty() && application.gallery != application.display_name) {
    words += (words.empty() ? "" : " · ") + text(application.gallery);
  }
  return element("span", "subtitle", words);
}

}  // namespace

std::string badge(PageState state) {
  return fmt::format("<span class=\"badge {}\" aria-hidden=\"true\">{}</span>",
                     words_of(state).tone, words_of(state).sign);
}

std::string application_card(const PageApplication& application, std::size_t place, bool open,
                             Instant now, SharedTables& tables) {
  const std::string id = fmt::format("app-{}", place);
  const StateWords& state = words_of(application.state);
  std::string body;
  for (const std::string& note : application.notes) body += element("p", "remark", text(note));
  for (const StatusRow& job : application.jobs) body += job_panel(job, application.edits, now);
  if (!application.steps.empty()) {
    body += "<h3>Steps, in their order</h3>\n" + step_list(application.steps);
  }
  body += case_list(application.cases);
  body += edit_list(application.edits, false) + edit_list(application.edits, true);
  body += mappings_of(application, id, tables);
  if (body.empty()) body = "<p class=\"faint\">Nothing else is to be said of it.</p>\n";
  const std::string_view word = application.word.empty() ? state.label : application.word;
  return fmt::format(
      "<details class=\"card {}\" id=\"{}\" data-state=\"{}\"{}><summary>{}<span class=\"title\">"
      "<bdi class=\"name\">{}</bdi>{}</span>{}<span class=\"word {}\">{}</span></summary>\n<div "
      "class=\"body\">\n{}</div></details>\n",
      state.tone, id, state.name, open ? " open" : "", badge(application.state),
      text(application.name), subtitle(application), facts_of(application, now), state.tone,
      text(word), body);
}

}  // namespace syncwright::report::html
