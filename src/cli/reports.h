#pragma once

#include <string>

#include "cli/session.h"

namespace syncwright::cli {

/// Prints a result as --format wants it, then writes the files of --report. What cannot be written
/// is said, and ends the run as a failure where it would have ended well (Session::is_unwritten): a
/// refusal, a failure or an interruption stays what it is.
void tell_result(Session& session, const report::Report& report);

/// The files of --report alone.
void write_reports(Session& session, const report::Report& report);

/// Manifests with errors are the end of a command that has more to do than to check them. Of the
/// reports that it was asked for, those that tell findings tell these.
void report_invalid(Session& session, const Diagnostics& diagnostics,
                    const manifest::Loaded& loaded);

/// Two results into one file, of which the second would replace the first without a word; or one
/// over a manifest. `out`: of --out, empty where there is none. Empty: there is no fault.
[[nodiscard]] std::string fault_of_output_files(const GlobalOptions& options,
                                                const std::string& out);

/// The files of --report, where one is: the format that `-` prints instead of --format is none.
/// Empty, or what is wrong with several that do, or with one beside `--format`.
[[nodiscard]] std::string take_printed_report(GlobalOptions& options, bool has_format);

/// What --help says of --format, of --report, and the table of who writes what below the flags.
[[nodiscard]] std::string format_help();
[[nodiscard]] std::string report_help();
[[nodiscard]] std::string report_table();

/// The values that --format takes.
[[nodiscard]] std::vector<std::string> printed_formats();

/// What is wrong with a value of --report for this command; empty: nothing is.
[[nodiscard]] std::string fault_of_report(const std::string& report, const std::string& command);

}  // namespace syncwright::cli
