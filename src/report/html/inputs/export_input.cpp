#include <fmt/format.h>

#include "report/html/inputs/mapping_rows.h"
#include "report/html/inputs/page_parts.h"
#include "syncwright/core/text.h"

namespace syncwright::report {

PageApplication exported_card(const model::ExportedApplication& application) {
  PageApplication card;
  card.name = application.name.empty() ? application.reference.display_name : application.name;
  card.display_name = application.reference.display_name;
  card.gallery = application.gallery_name.empty() ? application.gallery : application.gallery_name;
  for (const model::ExportedJob& exported : application.jobs) {
    const std::string key = exported.template_id.empty() ? exported.job.id : exported.template_id;
    card.jobs.push_back(job_row(card.name, key, exported.job));
    if (!exported.job.schema) continue;
    for (PageObjectMapping& table : html::mappings_of(key, *exported.job.schema)) {
      card.mappings.push_back(std::move(table));
    }
  }
  if (!application.unread_members.empty()) {
    card.notes.push_back("Who is assigned is not known: " + application.unread_members);
    html::worsen(card, PageState::attention);
  }
  html::worsen(card, html::state_of_jobs(card.jobs));
  if (card.state == PageState::in_step) card.word = "exported";
  return card;
}

PageInput page_of_export(std::vector<PageApplication> cards,
                         const std::vector<std::string>& left_out,
                         const std::vector<Error>& failures, const PageFacts& facts) {
  PageInput page = html::begin_page("export", facts);
  page.applications = std::move(cards);
  const std::string exported = count_words(page.applications.size(), "application") + " exported";
  html::set_verdict(page, "differ", exported);
  page.summary = page.verdict == exported ? "" : exported + ".";
  page.complete = failures.empty();
  page.reading = failures.empty()
                     ? "Every application that was asked for was read, with its schemas."
                     : fmt::format("{} could not be read.", count_words(failures.size(), "part"));
  page.tables = "The tables have every attribute mapping that the tenant has.";
  for (const Error& failure : failures) {
    page.notices.push_back({PageState::unread, describe(failure), failure.advice});
    page.state = std::min(page.state, PageState::unread);
  }
  for (const std::string& reason : left_out) {
    if (!reason.empty()) page.notices.push_back({PageState::attention, "Left out: " + reason, ""});
  }
  return page;
}

}  // namespace syncwright::report
