#include "syncwright/report/provision_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "page.h"
#include "syncwright/report/escape.h"
#include "text_layout.h"

namespace syncwright {
namespace {

constexpr std::size_t kIndent = 2;

std::string value_or_nothing(const std::string& value) {
  return value.empty() ? "(none)" : escape_terminal(value);
}

void append_changes(Page& page, const std::vector<ProvisionChange>& changes) {
  if (changes.empty()) return;
  std::size_t width = 0;
  for (const ProvisionChange& change : changes) {
    width = std::max(width, display_width(escape_terminal(change.attribute)));
  }
  page.line();
  for (const ProvisionChange& change : changes) {
    const std::string text =
        change.before.empty() ? value_or_nothing(change.after)
                              : fmt::format("{} {} {}", escape_terminal(change.before),
                                            page.style().arrow(), value_or_nothing(change.after));
    page.labelled(kIndent, escape_terminal(change.attribute), kIndent + width + 2, text);
  }
}

std::string error_words(const ProvisionReport& report) {
  std::string words = escape_terminal(report.error_code);
  if (report.error_message.empty()) return words;
  return words + (words.empty() ? "" : ": ") + escape_terminal(report.error_message);
}

void append_result(Page& page, const ProvisionReport& report) {
  const std::string object = escape_terminal(report.object);
  page.line();
  if (report.result == "success") {
    page.paragraph(0, fmt::format("{} is provisioned.", object), Tone::good);
  } else if (report.result == "skipped") {
    page.paragraph(0, fmt::format("{} was skipped: the steps say why.", object), Tone::change);
  } else if (report.result == "warning") {
    page.paragraph(0, fmt::format("{} is provisioned, with a warning.", object), Tone::change);
  } else {
    const std::string words = error_words(report);
    page.paragraph(0,
                   fmt::format("{} could not be provisioned{}", object,
                               words.empty() ? std::string(".") : ": " + words),
                   Tone::bad);
  }
}

}  // namespace

std::string render_provision(const ProvisionReport& report, const Style& style) {
  Page head(style);
  head.line(fmt::format("{} {} {}, rule {}",
                        style.paint(Tone::strong, escape_terminal(report.object)), style.arrow(),
                        escape_terminal(report.application), escape_terminal(report.rule)));
  Page tail(style);
  append_changes(tail, report.changes);
  append_result(tail, report);
  return head.take() + render_steps(report.steps, kIndent, style) + tail.take();
}

Json to_json(const ProvisionReport& report) {
  Json changes = Json::array();
  for (const ProvisionChange& change : report.changes) {
    changes.push_back(
        {{"attribute", change.attribute}, {"before", change.before}, {"after", change.after}});
  }
  return {{"application", report.application},
          {"jobId", report.job_id},
          {"rule", report.rule},
          {"object", report.object},
          {"objectId", report.object_id},
          {"result", report.result},
          {"errorCode", report.error_code},
          {"errorMessage", report.error_message},
          {"requestId", report.request_id},
          {"steps", to_json(report.steps)},
          {"changes", std::move(changes)}};
}

}  // namespace syncwright
