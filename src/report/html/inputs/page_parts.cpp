#include "report/html/inputs/page_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/html/inputs/mapping_rows.h"
#include "syncwright/core/text.h"

namespace syncwright::report::html {
namespace {

std::size_t count_in_state(const PageInput& page, PageState state) {
  return static_cast<std::size_t>(
      std::count_if(page.applications.begin(), page.applications.end(),
                    [state](const PageApplication& card) { return card.state == state; }));
}

}  // namespace

PageInput begin_page(std::string command, const PageFacts& facts) {
  PageInput page;
  page.command = std::move(command);
  if (facts.desired != nullptr) {
    page.project = facts.desired->project;
    page.environment = facts.desired->environment;
    page.tenant = facts.desired->tenant_id.value_or("");
  }
  page.now = facts.now;
  page.provenance = facts.provenance;
  page.tables = kManagedTables;
  return page;
}

std::vector<PageApplication> begin_cards(const PageFacts& facts) {
  std::vector<PageApplication> cards;
  if (facts.desired != nullptr) {
    for (const model::DesiredApplication& desired : facts.desired->applications) {
      PageApplication card;
      card.name = desired.name;
      card.display_name = desired.display_name;
      card.gallery = desired.gallery;
      card.mappings = mappings_of(desired);
      cards.push_back(std::move(card));
    }
  }
  for (const StatusRow& job : facts.jobs) card_of(cards, job.application).jobs.push_back(job);
  for (PageApplication& card : cards) {
    add_samples(card.mappings, card.name, facts.tests);
    worsen(card, state_of_jobs(card.jobs));
  }
  return cards;
}

PageApplication& card_of(std::vector<PageApplication>& cards, const std::string& name) {
  const auto found = std::find_if(cards.begin(), cards.end(), [&name](const PageApplication& card) {
    return card.name == name;
  });
  if (found != cards.end()) return *found;
  PageApplication card;
  card.name = name;
  cards.push_back(std::move(card));
  return cards.back();
}

PageState state_of_jobs(const std::vector<StatusRow>& jobs) {
  PageState worst = PageState::in_step;
  for (const StatusRow& job : jobs) {
    PageState state = PageState::in_step;
    if (!job.quarantine.empty()) {
      state = PageState::quarantined;
    } else if (job.state == "unreadable") {
      state = PageState::unread;
    } else if (job.state == "refused") {
      state = PageState::refused;
    } else if (!job.cycle.error.empty()) {
      state = PageState::failed;
    } else if (!job.note.empty() || job.state == "missing") {
      state = PageState::attention;
    }
    worst = std::min(worst, state);
  }
  return worst;
}

void worsen(PageApplication& card, PageState state) {
  card.state = std::min(card.state, state);
}

void set_verdict(PageInput& page, const std::string& differ, const std::string& in_step) {
  const std::pair<PageState, std::string> words[] = {
      {PageState::quarantined, "in quarantine"},
      {PageState::failed, "failed"},
      {PageState::refused, "refused or held"},
      {PageState::unread, "not read"},
      {PageState::differs, differ},
  };
  page.state = PageState::in_step;
  for (const auto& [state, word] : words) {
    const std::size_t count = count_in_state(page, state);
    if (count == 0) continue;
    page.state = std::min(page.state, state);
    page.verdict += page.verdict.empty()
                        ? fmt::format("{} {}", count_words(count, "application"), word)
                        : fmt::format(", {} {}", count, word);
  }
  if (page.verdict.empty()) page.verdict = in_step;
}

void set_reading(PageInput& page, const PageFacts& facts) {
  const std::size_t unread = count_in_state(page, PageState::unread);
  const bool is_part = facts.desired != nullptr && !facts.desired->complete;
  const std::string count = count_words(page.applications.size(), "application");
  page.reading = is_part ? fmt::format("Only a part of the manifests was looked at: {}.", count)
                         : fmt::format("The manifests name {}.", count);
  if (unread > 0) {
    page.reading +=
        fmt::format(" Of {} the live state is not known.", count_words(unread, "application"));
  } else {
    page.reading += " What they manage was read in the tenant.";
  }
  page.complete = !is_part && unread == 0;
}

}  // namespace syncwright::report::html
