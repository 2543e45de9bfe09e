#pragma once

#include <string>

#include "cli/session.h"

namespace syncwright::cli {

/// Prints a result as --format wants it, then writes the files of --report.
[[nodiscard]] Result<void> tell_result(Session& session, const report::Report& report);

/// The files of --report alone.
[[nodiscard]] Result<void> write_reports(Session& session, const report::Report& report);

/// What --help says of --format and of --report: every format, and its commands where not all that
/// could have it do.
[[nodiscard]] std::string format_help();
[[nodiscard]] std::string report_help();

/// The values that --format takes.
[[nodiscard]] std::vector<std::string> printed_formats();

/// What is wrong with a value of --report for this command; empty: nothing is.
[[nodiscard]] std::string fault_of_report(const std::string& report, const std::string& command);
/// What is wrong with a value of --format for this command, which prints a result; likewise.
[[nodiscard]] std::string fault_of_format(report::Format format, const std::string& command);

}  // namespace syncwright::cli
