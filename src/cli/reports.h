#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session.h"

namespace syncwright::cli {

/// What a command found, in each of the formats that it has.
using Rendering = std::function<std::string(Format, const Style&)>;

/// Prints a result as --format wants it, then writes the files of --report in their formats;
/// `junit` is left to the command that has it.
[[nodiscard]] Result<void> tell_result(Session& session, const Rendering& rendering);

/// A file of --report, relative to the working folder.
[[nodiscard]] Result<void> write_report(Session& session, const std::string& file,
                                        const std::string& content);

/// The formats of --report that a command writes, as a sentence has them; empty where it writes
/// none. `is_known`: whether this one is among them.
struct ReportFormats {
  std::string names;
  bool has = false;
};
[[nodiscard]] ReportFormats report_formats(const std::string& command, const std::string& format);

/// The same one by one; empty where the command writes none.
[[nodiscard]] std::vector<std::string_view> formats_of_reports(const std::string& command);

}  // namespace syncwright::cli
