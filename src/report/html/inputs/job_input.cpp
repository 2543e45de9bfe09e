#include <fmt/format.h>

#include <algorithm>

#include "report/html/inputs/page_parts.h"
#include "report/mapping_test_report.h"
#include "report/words/change_words.h"
#include "syncwright/core/text.h"

namespace syncwright::report {
namespace html {
namespace {

PageCase page_case(const mapping_tests::MappingTestResult& test,
                   const mapping_tests::MappingCaseResult& result) {
  PageCase made{test.name, result.name, position_of(result.where), {}, {}};
  for (const mapping_tests::MappingFault& fault : result.faults) {
    made.faults.push_back(fault.what + ": " + fault_words(fault));
  }
  for (const mapping_tests::MappingWarning& warning : result.warnings) {
    made.warnings.push_back(
        fmt::format("{} ({}): {}", warning.attribute, to_string(warning.code), warning.message));
  }
  return made;
}

}  // namespace
}  // namespace html

PageInput page_of_status(const PageFacts& facts) {
  PageInput page = html::begin_page("status", facts);
  page.applications = html::begin_cards(facts);
  html::set_reading(page, facts);
  html::set_verdict(page, "differ", "All jobs fare well");
  const auto running = std::count_if(
      facts.jobs.begin(), facts.jobs.end(),
      [](const StatusRow& job) { return job.state == "started" && job.quarantine.empty(); });
  page.summary = fmt::format("{} of {} run.", running, count_words(facts.jobs.size(), "job"));
  for (PageApplication& card : page.applications) {
    if (card.state == PageState::in_step) card.word = "fares well";
  }
  return page;
}

PageInput page_of_tests(const PageFacts& facts) {
  PageInput page = html::begin_page("test", facts);
  page.applications = html::begin_cards(facts);
  std::size_t cases = 0;
  std::size_t failed = 0;
  for (const mapping_tests::MappingTestResult& test : facts.tests) {
    PageApplication& card = html::card_of(page.applications, test.application);
    for (const mapping_tests::MappingCaseResult& result : test.cases) {
      card.cases.push_back(html::page_case(test, result));
    }
    cases += test.cases.size();
    failed += test.count_failed();
    if (test.count_failed() > 0) html::worsen(card, PageState::failed);
  }
  std::erase_if(page.applications, [](const PageApplication& card) { return card.cases.empty(); });
  for (PageApplication& card : page.applications) {
    card.word = card.state == PageState::failed ? "failed" : "passed";
  }
  page.state = failed > 0  ? PageState::failed
               : cases > 0 ? PageState::in_step
                           : PageState::attention;
  page.verdict = failed > 0  ? fmt::format("{} of {} failed", failed, count_words(cases, "case"))
                 : cases > 0 ? fmt::format("{} passed", count_words(cases, "case"))
                             : "There is no case";
  page.summary = "Mappings were run offline: these people in, those accounts out.";
  page.reading = "No tenant was read: a test needs the manifests alone.";
  page.tables = "Mapping tables have the rows that the manifests manage.";
  return page;
}

}  // namespace syncwright::report
