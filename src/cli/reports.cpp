#include "cli/reports.h"

#include <algorithm>
#include <string_view>

#include "cli/commands.h"
#include "cli/pages.h"
#include "syncwright/core/file.h"

namespace syncwright::cli {
namespace {

using Names = std::vector<std::string_view>;

/// "plan, show and drift"
std::string join_names(const Names& names, std::string_view last) {
  if (names.size() < 2) return fmt::format("{}", fmt::join(names, ""));
  return fmt::format("{}{}{}", fmt::join(names.begin(), names.end() - 1, ", "), last, names.back());
}

Names format_names(report::Printing printing) {
  Names names;
  for (const report::FormatInfo& info : report::formats()) {
    if (info.printing == printing) names.push_back(info.name);
  }
  return names;
}

}  // namespace

Result<void> write_reports(Session& session, const report::Report& report) {
  for (const std::string& given : session.options.reports) {
    const std::size_t equals = given.find('=');
    const auto format = report::find_format(std::string_view(given).substr(0, equals));
    if (!format) continue;                      // the command line was refused
    if (format->name == kPageFormat) continue;  // write_page
    auto written = write_file_atomically(session.working_folder / given.substr(equals + 1),
                                         report::render_report(report, *format, report::Style{}));
    if (!written) return written;
  }
  return {};
}

Result<void> tell_result(Session& session, const report::Report& report) {
  session.console.out(
      report::render_report(report, session.options.format, session.console.out_style()));
  return write_reports(session, report);
}

std::string format_help() {
  std::vector<std::string> words;
  for (const report::FormatInfo& info : report::formats()) {
    if (info.printing == report::Printing::by_every_command) words.emplace_back(info.name);
    if (info.printing == report::Printing::by_its_commands) {
      words.push_back(fmt::format("({}) {}", join_names(info.commands, " and "), info.name));
    }
  }
  return join_names(Names(words.begin(), words.end()), " or ") + " (default text)";
}

std::string report_help() {
  std::vector<std::string> words;
  for (const report::FormatInfo& info : report::formats()) {
    if (info.commands.size() == report::reporting_commands().size()) {
      words.emplace_back(info.name);
    } else if (!info.commands.empty()) {
      words.push_back(fmt::format("{} ({})", info.name, fmt::join(info.commands, ", ")));
    }
  }
  return fmt::format("a report in a file beside the output, FORMAT=FILE: {}; repeatable",
                     fmt::join(words, ", "));
}

std::vector<std::string> printed_formats() {
  std::vector<std::string> names;
  for (const report::FormatInfo& info : report::formats()) {
    if (info.printing != report::Printing::never) names.emplace_back(info.name);
  }
  return names;
}

std::string fault_of_report(const std::string& report, const std::string& command) {
  const std::size_t equals = report.find('=');
  const auto format = report::find_format(std::string_view(report).substr(0, equals));
  if (equals == std::string::npos || equals + 1 == report.size() || !format) {
    return "is not FORMAT=FILE, for example junit=results.xml";
  }
  if (format->name == kPageFormat && has_page(command)) return {};
  const Names names = report::report_formats(command);
  if (std::find(names.begin(), names.end(), format->name) != names.end()) return {};
  // What docs/contract.md#2 knows and the command does not write belongs to a later release.
  return names.empty()
             ? fmt::format("{}; {} write reports", kLaterRelease,
                           join_names(report::reporting_commands(), " and "))
             : fmt::format("{}; `{}` writes {}", kLaterRelease, command, fmt::join(names, ", "));
}

std::string fault_of_format(report::Format format, const std::string& command) {
  for (const report::FormatInfo& info : report::formats()) {
    const bool is_meant =
        info.name == format.name && info.printing == report::Printing::by_its_commands;
    const auto& commands = info.commands;
    if (!is_meant || std::find(commands.begin(), commands.end(), command) != commands.end()) {
      continue;
    }
    return fmt::format("--format {} is for {}; use {}", format.name, join_names(commands, " and "),
                       join_names(format_names(report::Printing::by_every_command), " or "));
  }
  return {};
}

}  // namespace syncwright::cli
