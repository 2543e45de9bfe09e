#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"
#include "syncwright/mapping_tests/mapping_tests.h"
#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/drift.h"
#include "syncwright/plan/plan_file.h"
#include "syncwright/report/diagnostic_text.h"
#include "syncwright/report/log_text.h"
#include "syncwright/report/status_text.h"
#include "syncwright/report/style.h"
#include "syncwright/report/times.h"

namespace syncwright::report {

/// The formats that a result is written in. Which there are, which command writes which, and what
/// does it, is one table: `formats.cpp`. Flags, help, completion and refusals are made from it, so
/// that one more format on one command is a row there and its renderer.

/// A format, by the name that --format and --report give it.
struct Format {
  std::string_view name;  ///< of the table: static

  bool operator==(const Format&) const = default;

  static const Format text;
  static const Format json;
  static const Format sarif;
  static const Format html;
};

inline constexpr Format Format::text{"text"};
inline constexpr Format Format::json{"json"};
inline constexpr Format Format::sarif{"sarif"};
inline constexpr Format Format::html{"html"};

/// A row of the table of formats, without its renderers.
struct FormatInfo {
  std::string_view name;
  bool printed = false;                    ///< --format takes it; --report takes every one
  std::vector<std::string_view> commands;  ///< that write it
};

/// Every format that docs/contract.md#2 knows, in the order of the help.
[[nodiscard]] const std::vector<FormatInfo>& formats();

/// nullopt: there is none of that name.
[[nodiscard]] std::optional<Format> find_format(std::string_view name);

/// The names of the formats that a command writes; empty: it prints no result.
[[nodiscard]] std::vector<std::string_view> report_formats(std::string_view command);

/// The commands that write a format.
[[nodiscard]] std::vector<std::string_view> commands_of(Format format);

/// The commands that write reports, in the order of the table.
[[nodiscard]] std::vector<std::string_view> reporting_commands();

/// Where a plan comes from, as far as the program knows: each empty where it does not.
struct Provenance {
  std::string plan_digest;  ///< its id, the same in the file of `plan --out` (plan_file.h)
  std::string commit;       ///< of the manifests
  std::string program;      ///< "syncwright 1.0.0"
};

/// What people read of a result: its advice with this run's flags, as they are to type it. JSON and
/// files keep what the planner says. `as_found` has to outlive it.
template <class Found>
class Advised {
 public:
  Advised(const Found& as_found) : as_found_(as_found) {}  // NOLINT(google-explicit-constructor)
  /// nullopt: its advice is the same.
  Advised(const Found& as_found, std::optional<Found> told)
      : as_found_(as_found), told_(std::move(told)) {}

  const Found& operator*() const { return told_ ? *told_ : as_found_; }

 private:
  const Found& as_found_;
  std::optional<Found> told_;
};

/// What `plan` and `show` found.
struct PlanReport {
  const plan::PlanFile& file;
  Advised<plan::Plan> advised;
  Provenance provenance;  ///< the plan's id is found where it is asked for
};

/// What `drift` found. A file has no plan's id.
struct DriftReport {
  const plan::Drift& drift;
  Advised<plan::Drift> advised;
  Provenance provenance;
  const model::Desired* desired = nullptr;  ///< where each application is described; may be absent
};

/// What `validate` found. Valid as long as what it refers to.
struct Validation {
  const Diagnostics& diagnostics;
  SourceLookup source;  ///< of the files that the diagnostics name
  std::size_t applications = 0;
  std::size_t files = 0;
};

/// What `test` found.
struct MappingTestReport {
  const std::vector<mapping_tests::MappingTestResult>& results;
  bool every_case = false;  ///< also those that passed, in text
  /// What is to be said of the manifests beside the cases; nullptr: nothing.
  const Diagnostics* diagnostics = nullptr;
};

/// What became of an apply of `plan`.
struct ApplyResult {
  const plan::ApplyReport& report;
  const plan::Plan& plan;
  bool reviewed = false;  ///< of a saved plan, which can only be stale once a part of it is done
};

/// What `status` found.
struct StatusReport {
  const std::vector<StatusRow>& rows;
  Advised<std::vector<StatusRow>> advised;
  std::string project;
  std::string environment;  ///< empty without environments
  bool complete = true;     ///< every application could be read
};

/// What `logs` found.
struct LogReport {
  const std::vector<LogRow>& rows;
};

/// What any other command prints: a text for people, and the same for programs.
struct Answer {
  std::string_view command;  ///< static
  std::function<std::string(const Style&)> text;
  std::string json;  ///< as it is printed
};

/// What a command found.
using Report = std::variant<PlanReport, DriftReport, Validation, MappingTestReport, ApplyResult,
                            StatusReport, LogReport, Answer>;

/// What a format may say of the run, beside what the run found.
struct RunFacts {
  std::filesystem::path root;            ///< of the project, absolute
  std::filesystem::path working_folder;  ///< that files are named from, absolute
  std::string version;                   ///< of this program
  std::string environment;               ///< of the project; empty: it has none
  /// Where docs/ is published, a URI that ends with a slash; empty: nowhere.
  std::string documentation;
  Instant now{};
};

/// How a report is written.
struct Rendering {
  Style style;
  Times times;  ///< how a text tells when something happened
  RunFacts run;
};

/// The report in a format; empty where the table has no renderer for it.
[[nodiscard]] std::string render_report(const Report& report, Format format,
                                        const Rendering& rendering);
/// The same, one piece after another: what grows with the tenant is not held as a whole.
void write_report(const Report& report, Format format, const Rendering& rendering,
                  const WritePiece& write);

/// The last line of a validation's text: "Valid: 2 applications in 3 files."; empty where the
/// diagnostics hold an error.
[[nodiscard]] std::string render_verdict(const Validation& validation);

/// JSON as commands print it: indented, a line feed behind. Bytes that are not UTF-8 (a path, a
/// variable) are replaced.
[[nodiscard]] std::string json_text(const Json& value);

}  // namespace syncwright::report
