#include "cli/reports.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>

#include "cli/commands.h"
#include "cli/pages.h"
#include "syncwright/core/file.h"

namespace syncwright::cli {
namespace {

using Names = std::vector<std::string_view>;

/// As a file, as in other tools: standard output.
constexpr std::string_view kStandardOutput = "-";
constexpr const char* kEveryCommand = "every command that prints a result";

struct RequestedReport {
  std::optional<report::Format> format;  ///< nullopt: there is none of that name
  std::string file;                      ///< empty: none is named
};

RequestedReport read_request(const std::string& given) {
  const std::size_t equals = given.find('=');
  return {report::find_format(std::string_view(given).substr(0, equals)),
          equals == std::string::npos ? std::string() : given.substr(equals + 1)};
}

/// Whether they are all commands that print a result.
bool is_every(const Names& commands) {
  return commands == report::commands_of(report::Format::text);
}

/// "plan, show and drift"
std::string join_names(const Names& names, std::string_view last) {
  if (names.size() < 2) return fmt::format("{}", fmt::join(names, ""));
  return fmt::format("{}{}{}", fmt::join(names.begin(), names.end() - 1, ", "), last, names.back());
}

/// As far as it exists with its links followed: two names may mean one file.
std::filesystem::path absolute_path(const std::string& file) {
  std::error_code unreadable;
  const auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(file), unreadable);
  return unreadable ? std::filesystem::path(file).lexically_normal() : path;
}

/// Of the manifests that the command line means, whatever folder they lie in.
report::RunFacts facts_of(const Session& session) {
  return {project_root(session),       session.working_folder,   SYNCWRIGHT_VERSION,
          session.options.environment, SYNCWRIGHT_DOCUMENTATION, session.clock.now()};
}

void save_report(Session& session, const RequestedReport& request, const report::Report& report) {
  const auto written = write_file_atomically(
      session.working_folder / request.file, [&](const WritePiece& write) -> Result<void> {
        report::write_report(report, *request.format, {{}, {}, facts_of(session)}, write);
        return {};
      });
  if (written) return;
  tell_failure(session, written.error());
  session.is_unwritten = true;
}

}  // namespace

void write_reports(Session& session, const report::Report& report) {
  for (const std::string& given : session.options.reports) {
    const RequestedReport request = read_request(given);
    if (request.format == report::Format::html) continue;  // write_page
    save_report(session, request, report);
  }
}

void tell_result(Session& session, const report::Report& report) {
  report::write_report(report, session.options.format,
                       {session.console.out_style(), times_of(session), facts_of(session)},
                       [&](std::string_view piece) { session.console.out(piece); });
  write_reports(session, report);
}

void report_invalid(Session& session, const Diagnostics& diagnostics,
                    const manifest::Loaded& loaded) {
  const report::Validation invalid{diagnostics, sources_of(loaded), 0, loaded.files};
  if (session.options.format == report::Format::sarif) {
    session.console.out(
        report::render_report(invalid, report::Format::sarif, {{}, {}, facts_of(session)}));
  }
  for (const std::string& given : session.options.reports) {
    const RequestedReport request = read_request(given);
    if (request.format == report::Format::sarif) save_report(session, request, invalid);
  }
}

namespace {

/// What people wrote, and no command writes over.
bool is_manifest_file(const std::filesystem::path& file) {
  constexpr std::array<std::string_view, 3> extensions{".yaml", ".yml", ".csv"};
  const bool is_one = std::find(extensions.begin(), extensions.end(), file.extension().string()) !=
                      extensions.end();
  std::error_code error;
  return is_one && std::filesystem::exists(file, error);
}

}  // namespace

std::string fault_of_output_files(const GlobalOptions& options, const std::string& out) {
  std::map<std::filesystem::path, std::string> writers;
  if (!out.empty()) writers.emplace(absolute_path(out), "--out " + out);
  for (const std::string& given : options.reports) {
    const std::string file = read_request(given).file;
    if (file == kStandardOutput) continue;
    const auto [other, is_new] = writers.emplace(absolute_path(file), "--report " + given);
    if (!is_new) {
      return fmt::format("{} and --report {} would both write one file", other->second, given);
    }
  }
  for (const auto& [file, flag] : writers) {
    if (is_manifest_file(file)) {
      return fmt::format(
          "{} would write over what is there, a manifest or its rows; name another "
          "file",
          flag);
    }
  }
  return {};
}

std::string take_printed_report(GlobalOptions& options, bool has_format) {
  std::string printed;
  for (const std::string& given : options.reports) {
    const RequestedReport request = read_request(given);
    if (request.file != kStandardOutput) continue;
    if (!printed.empty() || has_format) {
      return fmt::format("--report {} and {} would both go to standard output", given,
                         has_format ? "--format" : printed);
    }
    printed = given;
    options.format = *request.format;
  }
  std::erase(options.reports, printed);
  return {};
}

std::string format_help() {
  const std::vector<std::string> names = printed_formats();
  return join_names(Names(names.begin(), names.end()), " or ") +
         " (default text), where a command prints a result";
}

std::string report_help() {
  return "a report in a file beside the output, FORMAT=FILE, or FORMAT=- for standard output "
         "instead of it; repeatable; which command writes which stands below";
}

std::string report_table() {
  std::string text = "Reports (--report FORMAT=FILE), and which command writes which:\n";
  for (const report::FormatInfo& info : report::formats()) {
    if (info.commands.empty()) continue;
    text +=
        fmt::format("  {:<13}{}\n", info.name,
                    is_every(info.commands) ? kEveryCommand
                                            : fmt::format("{}", fmt::join(info.commands, ", ")));
  }
  return text;
}

std::vector<std::string> printed_formats() {
  std::vector<std::string> names;
  for (const report::FormatInfo& info : report::formats()) {
    if (info.printed) names.emplace_back(info.name);
  }
  return names;
}

std::string fault_of_report(const std::string& report, const std::string& command) {
  const RequestedReport request = read_request(report);
  if (!request.format || request.file.empty()) {
    return "is not FORMAT=FILE, for example junit=results.xml";
  }
  if (request.format == report::Format::html && request.file == kStandardOutput) {
    return "is a page for a browser: name a file, for example html=report.html";
  }
  const Names names = report::report_formats(command);
  if (std::find(names.begin(), names.end(), request.format->name) != names.end()) return {};
  const std::string written = names.empty()
                                  ? fmt::format("reports are for {}", kEveryCommand)
                                  : fmt::format("`{}` writes {}", command, fmt::join(names, ", "));
  const Names commands = report::commands_of(*request.format);
  return names.empty() || is_every(commands)
             ? written
             : fmt::format("{}; {} is for {}", written, request.format->name,
                           join_names(commands, " and "));
}

}  // namespace syncwright::cli
