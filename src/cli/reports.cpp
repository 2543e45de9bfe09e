#include "cli/reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "syncwright/core/file.h"

namespace syncwright::cli {
namespace {

struct CommandReports {
  std::string_view command;
  std::vector<std::string_view> formats;
};

const std::array<CommandReports, 5>& reports_of_commands() {
  static const std::array<CommandReports, 5> reports{{
      {"plan", {"text", "json", "markdown"}},
      {"show", {"text", "json", "markdown"}},
      {"drift", {"text", "json", "markdown"}},
      {"validate", {"text", "json"}},
      {"test", {"text", "json", "junit"}},
  }};
  return reports;
}

std::optional<Format> rendered_format(std::string_view name) {
  if (name == "text") {
    return Format::text;
  }
  if (name == "json") {
    return Format::json;
  }
  return name == "markdown" ? std::optional(Format::markdown) : std::nullopt;
}

}  // namespace

Result<void> write_report(Session& session, const std::string& file, const std::string& content) {
  return write_file_atomically(session.working_folder / file, content);
}

Result<void> tell_result(Session& session, const Rendering& rendering) {
  session.console.out(rendering(session.options.format, session.console.out_style()));
  for (const std::string& report : session.options.reports) {
    const std::size_t equals = report.find('=');
    const auto format = rendered_format(std::string_view(report).substr(0, equals));
    if (!format) {
      continue;
    }
    const std::string file = report.substr(equals + 1);
    if (auto written = write_report(session, file, rendering(*format, Style{})); !written) {
      return written;
    }
  }
  return {};
}

ReportFormats report_formats(const std::string& command, const std::string& format) {
  const std::vector<std::string_view> formats = formats_of_reports(command);
  const bool has = std::find(formats.begin(), formats.end(), format) != formats.end();
  return {fmt::format("{}", fmt::join(formats, ", ")), has};
}

std::vector<std::string_view> formats_of_reports(const std::string& command) {
  for (const CommandReports& each : reports_of_commands()) {
    if (each.command == command) return each.formats;
  }
  return {};
}

}  // namespace syncwright::cli
