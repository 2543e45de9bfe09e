#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/mapping_tests/verdict.h"
#include "syncwright/plan/plan_file.h"
#include "report/markdown/plan_markdown.h"
#include "syncwright/report/style.h"
#include "syncwright/report/validation_text.h"

namespace syncwright {

/// The formats that a result is written in. Which there are, which command writes which, and what
/// does it, is one table: `formats.cpp`. Flags, help, completion and refusals are made from it, so
/// that one more format on one command is a row there and its renderer.

/// A format, by the name that --format and --report give it.
struct Format {
  std::string_view name;  ///< of the table: static
  bool operator==(const Format&) const = default;

  static const Format text;
  static const Format json;
};
inline constexpr Format Format::text{"text"};
inline constexpr Format Format::json{"json"};

/// Whether --format takes a format; --report takes every one that the command writes.
enum class Printing {
  by_every_command,  ///< that prints a result, whether it writes reports or not
  by_its_commands,
  never,  ///< it is for files
};

struct FormatInfo {
  std::string_view name;
  Printing printing = Printing::never;
  std::vector<std::string_view> commands;  ///< that write it as a report; none: a later release
};

/// Every format that docs/contract.md#2 knows, in the order of the help.
[[nodiscard]] const std::vector<FormatInfo>& formats();
/// nullopt: there is none of that name.
[[nodiscard]] std::optional<Format> find_format(std::string_view name);
/// The names of the formats that a command writes as reports; empty: it writes no report.
[[nodiscard]] std::vector<std::string_view> report_formats(std::string_view command);
/// The commands that write reports.
[[nodiscard]] std::vector<std::string_view> reporting_commands();

/// What `plan` and `show` found. `advised`: the same plan, its advice with this run's flags, as
/// people are to type it; JSON and files keep what the planner says.
struct PlanReport {
  const PlanFile& file;
  Plan advised;
  Provenance provenance;  ///< the plan's id is found where it is asked for
};
/// What `drift` found; `advised` as above.
struct DriftReport {
  const Drift& drift;
  Drift advised;
  Provenance provenance;
};
/// What `test` found.
struct MappingTestReport {
  const std::vector<MappingTestResult>& results;
  bool every_case = false;  ///< also those that passed, in text
};

/// What a command found that writes reports.
using Report = std::variant<PlanReport, DriftReport, Validation, MappingTestReport>;

/// The report in a format that its command writes; empty in any other.
[[nodiscard]] std::string render_report(const Report& report, Format format, const Style& style);

/// JSON as commands print it: indented, a line feed behind. Bytes that are not UTF-8 (a path, a
/// variable) are replaced.
[[nodiscard]] std::string json_text(const Json& value);

}  // namespace syncwright
