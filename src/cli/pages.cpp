#include "cli/pages.h"

#include <algorithm>

#include "cli/project.h"
#include "syncwright/core/file.h"
#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/report/formats.h"

namespace syncwright::cli {
namespace {

/// FILE of html=FILE; empty for another format.
std::string_view page_file(std::string_view given) {
  const std::size_t equals = given.find('=');
  return equals != std::string_view::npos && given.substr(0, equals) == report::Format::html.name
             ? given.substr(equals + 1)
             : std::string_view();
}

}  // namespace

bool wants_page(const Session& session) {
  const auto& reports = session.options.reports;
  return std::any_of(reports.begin(), reports.end(),
                     [](const std::string& given) { return !page_file(given).empty(); });
}

std::optional<report::PageFacts> page_facts(const Session& session,
                                            const manifest::Loaded& loaded) {
  if (!wants_page(session)) {
    return std::nullopt;
  }
  report::PageFacts facts;
  facts.desired = &loaded.desired;
  facts.provenance = provenance_of(session);
  facts.now = session.clock.now();
  // What is wrong with a test is for `validate` and `test` to say: the page goes without samples.
  Diagnostics faults;
  auto results = mapping_tests::run_mapping_tests(loaded, facts.now, faults);
  if (!faults.has_errors()) {
    facts.tests = std::move(results);
  }
  return facts;
}

void write_page(Session& session, const std::function<report::PageInput()>& make) {
  if (!wants_page(session)) {
    return;
  }
  const std::string page = report::html_page(make());
  for (const std::string& given : session.options.reports) {
    const std::string_view file = page_file(given);
    if (file.empty()) {
      continue;
    }
    if (auto written = write_file_atomically(session.working_folder / file, page); !written) {
      tell_failure(session, written.error());
      session.is_unwritten = true;
    }
  }
}

}  // namespace syncwright::cli
