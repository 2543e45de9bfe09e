#include "syncwright/report/provision_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/layout/page.h"
#include "report/layout/text_layout.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {
namespace {

constexpr std::size_t kReportIndent = 2;

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
    page.fact(kReportIndent, escape_terminal(change.attribute), kReportIndent + width + 2, text);
  }
}

/// "code: message", whichever there is.
std::string reason_words(const ProvisionReport& report) {
  std::string words = escape_terminal(report.error_code);
  if (report.error_message.empty()) return words;
  return words + (words.empty() ? "" : ": ") + escape_terminal(report.error_message);
}

/// The sentence with its reason, which an answer may leave out.
std::string with_reason(const std::string& sentence, const std::string& reason) {
  return reason.empty() ? sentence + "." : fmt::format("{}: {}", sentence, reason);
}

void append_result(Page& page, const ProvisionReport& report) {
  const std::string object = escape_terminal(report.object);
  const std::string reason = reason_words(report);
  page.line();
  if (report.result == "success") {
    page.paragraph(0, fmt::format("{} is provisioned.", object), Tone::good);
  } else if (report.result == "skipped") {
    const char* fallback =
        report.steps.empty() ? "the service does not say why" : "the steps say why";
    page.paragraph(0,
                   reason.empty() ? fmt::format("{} was skipped: {}.", object, fallback)
                                  : fmt::format("{} was skipped: {}", object, reason),
                   Tone::change);
  } else if (report.result == "warning") {
    page.paragraph(0, with_reason(object + " is provisioned, with a warning", reason),
                   Tone::change);
  } else {
    page.paragraph(0, with_reason(object + " could not be provisioned", reason), Tone::bad);
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
  return head.take() + render_steps(report.steps, kReportIndent, style) + tail.take();
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

}  // namespace syncwright::report
