#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "report/html/markup.h"
#include "report/html/page_state.h"
#include "report/html/sections.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/file.h"
#include "syncwright/core/text.h"

namespace syncwright::report {

/// page.css and page.js, compiled in (src/embed.cmake).
[[nodiscard]] std::span<const EmbeddedFile> embedded_page_files();

namespace html {
namespace {

/// So many cards stand open at first; the others are one click away.
constexpr std::size_t kOpenCards = 3;

std::string_view embedded(std::string_view name) {
  const std::span<const EmbeddedFile> files = embedded_page_files();
  const auto found = std::find_if(files.begin(), files.end(),
                                  [name](const EmbeddedFile& file) { return file.name == name; });
  return found == files.end() ? std::string_view() : found->content;
}

int digit(char hex) {
  return hex <= '9' ? hex - '0' : hex - 'a' + 10;
}

/// `'sha256-...'` of a Content-Security-Policy, whose base64 is the one with + and /.
std::string policy_hash(std::string_view content) {
  constexpr std::string_view prefix = "sha256:";
  const std::string hex = sha256(content).substr(prefix.size());
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  std::string base64 = base64url_encode(bytes);
  std::replace(base64.begin(), base64.end(), '-', '+');
  std::replace(base64.begin(), base64.end(), '_', '/');
  base64.append((4 - base64.size() % 4) % 4, '=');
  return "'sha256-" + base64 + "'";
}

std::string place_words(const PageInput& input) {
  return input.environment.empty() ? input.project : input.project + "/" + input.environment;
}

std::string head(const PageInput& input) {
  const std::string_view style = embedded("page.css");
  const std::string_view script = embedded("page.js");
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; "
      "script-src {}; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" "
      "content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{} · {}"
      "</title>\n<style>{}</style>\n</head>\n",
      policy_hash(style), policy_hash(script), text(place_words(input)), text(input.verdict),
      style);
}

std::string banner(const PageInput& input) {
  return fmt::format(
      "<header class=\"banner\"><p class=\"brand\">syncwright <b>{}</b></p><p class=\"where\"><bdi>"
      "{}</bdi>{}</p><p>{}</p></header>\n",
      text(input.command), text(place_words(input)),
      input.tenant.empty() ? "" : " <span>tenant " + text(input.tenant) + "</span>",
      time(format_rfc3339(input.now)));
}

/// What the script filters by; shown by it, since without it there is nothing to filter with.
std::string toolbar(const PageInput& input) {
  std::string states;
  for (const StateWords& words : kStates) {
    const auto count =
        std::count_if(input.applications.begin(), input.applications.end(),
                      [&](const PageApplication& each) { return each.state == words.state; });
    if (count > 0) {
      states += fmt::format(
          "<button type=\"button\" class=\"{}\" data-state=\"{}\" "
          "aria-pressed=\"false\">{} <b>{}</b></button>",
          words.tone, words.name, words.label, count);
    }
  }
  return fmt::format(
      "<div class=\"toolbar\" id=\"toolbar\" hidden><label>Find <input id=\"find\" type=\"search\" "
      "placeholder=\"application, attribute, person\"></label><div role=\"group\" "
      "aria-label=\"Show only\">{}</div><p id=\"count\" role=\"status\"></p><button "
      "type=\"button\" id=\"all\">Open all</button></div>\n",
      states);
}

std::string provenance_words(const Provenance& provenance) {
  std::vector<std::string> words{text(provenance.program)};
  if (!provenance.commit.empty()) words.push_back("commit " + text(provenance.commit));
  if (!provenance.plan_digest.empty()) words.push_back("plan " + text(provenance.plan_digest));
  std::erase(words, std::string());
  return fmt::format("{}", fmt::join(words, " · "));
}

Json search_words(const PageApplication& application) {
  Json words = {application.name, application.display_name, application.gallery};
  for (const PageObjectMapping& mapping : application.mappings) {
    for (const PageMapping& row : mapping.mappings) {
      words.push_back(row.target);
      for (const auto* flow : {&row.before, &row.after}) {
        if (*flow) words.push_back((*flow)->expression);
      }
    }
  }
  for (const PageEdit& edit : application.edits) words.push_back(edit.by);
  for (const StatusRow& job : application.jobs) words.push_back(job.quarantine);
  return words;
}

/// The data as JSON: for the filter, and for whoever reads the page with a program.
Json data_of(const PageInput& input, const std::vector<const PageApplication*>& applications) {
  Json list = Json::array();
  for (std::size_t i = 0; i < applications.size(); ++i) {
    const PageApplication& each = *applications[i];
    list.push_back({{"id", fmt::format("app-{}", i + 1)},
                    {"name", each.name},
                    {"state", words_of(each.state).name},
                    {"steps", each.steps.size()},
                    {"words", search_words(each)}});
  }
  return {{"command", input.command},
          {"project", input.project},
          {"environment", input.environment.empty() ? Json() : Json(input.environment)},
          {"tenant", input.tenant.empty() ? Json() : Json(input.tenant)},
          {"madeAt", format_rfc3339(input.now)},
          {"state", words_of(input.state).name},
          {"complete", input.complete},
          {"applications", std::move(list)}};
}

std::string cards(const PageInput& input, const std::vector<const PageApplication*>& sorted) {
  if (sorted.empty()) return "<p class=\"faint\">There is no application to show.</p>\n";
  SharedTables tables;
  std::string markup;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const bool open = i < kOpenCards && (i == 0 || sorted[i]->state != PageState::in_step);
    markup += application_card(*sorted[i], i + 1, open, input.now, tables);
  }
  return markup;
}

std::vector<const PageApplication*> by_severity(const std::vector<PageApplication>& applications) {
  std::vector<const PageApplication*> sorted;
  sorted.reserve(applications.size());
  for (const PageApplication& application : applications) sorted.push_back(&application);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const PageApplication* left, const PageApplication* right) {
                     return std::tie(left->state, left->name) < std::tie(right->state, right->name);
                   });
  return sorted;
}

std::string document(const PageInput& input) {
  const std::vector<const PageApplication*> sorted = by_severity(input.applications);
  std::string page = head(input) + "<body>\n<main>\n" + banner(input) + verdict(input);
  page += plan_picture(sorted);
  page += fmt::format(
      "<section class=\"applications\"><h2>Applications <span class=\"faint\">{}"
      "</span></h2>\n{}{}{}</section>\n",
      sorted.size(), element("p", "faint", text(input.tables)), toolbar(input),
      cards(input, sorted));
  page += fmt::format(
      "<footer>{}</footer>\n</main>\n<script type=\"application/json\" id=\"data\">"
      "{}</script>\n<script>{}</script>\n</body>\n</html>\n",
      provenance_words(input.provenance), json(data_of(input, sorted)), embedded("page.js"));
  return page;
}

}  // namespace
}  // namespace html

std::string html_page(const PageInput& input) {
  return html::document(input);
}

}  // namespace syncwright::report
