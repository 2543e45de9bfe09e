#include "report/text/step_text.h"

#include <algorithm>

#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {
namespace {

Tone tone_of_step(const std::string& status) {
  if (status == "success") return Tone::good;
  return status == "failure" ? Tone::bad : Tone::change;
}

}  // namespace

std::string render_steps(const std::vector<provisioning::StepRow>& steps, std::size_t indent,
                         const Style& style) {
  std::size_t name_width = 0;
  std::size_t status_width = 0;
  for (const provisioning::StepRow& step : steps) {
    name_width = std::max(name_width, display_width(escape_terminal(step.name)));
    status_width = std::max(status_width, display_width(escape_terminal(step.status)));
  }
  const std::size_t column = indent + name_width + 2 + status_width + 2;
  Page page(style);
  for (const provisioning::StepRow& step : steps) {
    const std::string head =
        pad(escape_terminal(step.name), name_width) + "  " +
        style.paint(tone_of_step(step.status), pad(escape_terminal(step.status), status_width));
    page.entry(indent, head, name_width + 2 + status_width, column,
               escape_terminal(step.description));
    for (const std::string& detail : step.details) {
      page.paragraph(column, escape_terminal(detail), Tone::faint);
    }
  }
  return page.take();
}

Json to_json(const std::vector<provisioning::StepRow>& steps) {
  Json list = Json::array();
  for (const provisioning::StepRow& step : steps) {
    list.push_back({{"name", step.name},
                    {"status", step.status},
                    {"description", step.description},
                    {"details", step.details}});
  }
  return list;
}

}  // namespace syncwright::report
