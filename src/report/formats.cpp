#include "syncwright/report/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "report/drift_report.h"
#include "report/mapping_test_report.h"
#include "report/markdown/plan_markdown.h"
#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/plan_text.h"

namespace syncwright::report {
namespace {

std::string text_of_plan(const PlanReport& report, const Style& style) {
  return render_plan(report.advised, style);
}
std::string json_of_plan(const PlanReport& report, const Style& /*style*/) {
  return json_text(to_json(report.file.plan));
}
std::string markdown_of_plan(const PlanReport& report, const Style& /*style*/) {
  Provenance provenance = report.provenance;
  provenance.plan_digest = plan::plan_digest(report.file);
  return render_plan_markdown(report.advised, provenance);
}

std::string text_of_drift(const DriftReport& report, const Style& style) {
  return render_drift(report.advised, style);
}
std::string json_of_drift(const DriftReport& report, const Style& /*style*/) {
  return json_text(to_json(report.drift));
}
std::string markdown_of_drift(const DriftReport& report, const Style& /*style*/) {
  return render_drift_markdown(report.advised, report.provenance);
}

std::string text_of_validation(const Validation& validation, const Style& style) {
  const Diagnostics& diagnostics = validation.diagnostics;
  if (diagnostics.empty()) return render_verdict(validation);
  return render_diagnostics(diagnostics, validation.source, style) +
         count_diagnostics(diagnostics) + "\n" + render_verdict(validation);
}
std::string json_of_validation(const Validation& validation, const Style& /*style*/) {
  return json_text({{"valid", !validation.diagnostics.has_errors()},
                    {"diagnostics", to_json(validation.diagnostics)}});
}

std::string text_of_tests(const MappingTestReport& report, const Style& style) {
  return render_mapping_tests(report.results, report.every_case, style);
}
std::string json_of_tests(const MappingTestReport& report, const Style& /*style*/) {
  return json_text(to_json(report.results));
}
std::string markdown_of_tests(const MappingTestReport& report, const Style& /*style*/) {
  return render_mapping_tests_markdown(report.results);
}
std::string junit_of_tests(const MappingTestReport& report, const Style& /*style*/) {
  return junit_xml(report.results);
}

template <class Found>
using Render = std::string (*)(const Found&, const Style&);

/// A renderer of one kind of report; the kinds are in the order of Report.
template <class AnyReport>
struct RendererOf;
template <class... Found>
struct RendererOf<std::variant<Found...>> {
  using Type = std::variant<Render<Found>...>;
};

/// A renderer, and the commands whose result it renders.
struct Writer {
  std::vector<std::string_view> commands;
  RendererOf<Report>::Type render;
};

struct FormatRow {
  std::string_view name;
  Printing printing;
  std::vector<Writer> writers;  ///< empty: it belongs to a later release
};

const std::vector<FormatRow>& format_rows() {
  static const std::vector<FormatRow> rows{
      {"text",
       Printing::by_every_command,
       {{{"plan", "show"}, text_of_plan},
        {{"drift"}, text_of_drift},
        {{"validate"}, text_of_validation},
        {{"test"}, text_of_tests}}},
      {"json",
       Printing::by_every_command,
       {{{"plan", "show"}, json_of_plan},
        {{"drift"}, json_of_drift},
        {{"validate"}, json_of_validation},
        {{"test"}, json_of_tests}}},
      {"markdown",
       Printing::by_its_commands,
       {{{"plan", "show"}, markdown_of_plan},
        {{"drift"}, markdown_of_drift},
        {{"test"}, markdown_of_tests}}},
      {"junit", Printing::never, {{{"test"}, junit_of_tests}}},
      {"sarif", Printing::never, {}},
      {"html", Printing::never, {}},  // page_inputs.h: of more than a result
  };
  return rows;
}

std::vector<FormatInfo> describe_formats() {
  std::vector<FormatInfo> infos;
  for (const FormatRow& row : format_rows()) {
    FormatInfo info{row.name, row.printing, {}};
    for (const Writer& writer : row.writers) {
      info.commands.insert(info.commands.end(), writer.commands.begin(), writer.commands.end());
    }
    infos.push_back(std::move(info));
  }
  return infos;
}

bool is_among(std::string_view name, const std::vector<std::string_view>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

const std::vector<FormatInfo>& formats() {
  static const std::vector<FormatInfo> infos = describe_formats();
  return infos;
}

std::optional<Format> find_format(std::string_view name) {
  for (const FormatInfo& info : formats()) {
    if (info.name == name) return Format{info.name};
  }
  return std::nullopt;
}

std::vector<std::string_view> report_formats(std::string_view command) {
  std::vector<std::string_view> names;
  for (const FormatInfo& info : formats()) {
    if (is_among(command, info.commands)) names.push_back(info.name);
  }
  return names;
}

std::vector<std::string_view> reporting_commands() {
  std::vector<std::string_view> commands;
  for (const FormatInfo& info : formats()) {
    std::copy_if(info.commands.begin(), info.commands.end(), std::back_inserter(commands),
                 [&](std::string_view command) { return !is_among(command, commands); });
  }
  return commands;
}

std::string render_report(const Report& report, Format format, const Style& style) {
  const auto render = [&style](const auto& found, auto renderer) -> std::string {
    if constexpr (std::is_invocable_v<decltype(renderer), decltype(found), const Style&>) {
      return renderer(found, style);
    } else {
      return {};
    }
  };
  for (const FormatRow& row : format_rows()) {
    if (row.name != format.name) continue;
    for (const Writer& writer : row.writers) {
      if (writer.render.index() == report.index()) return std::visit(render, report, writer.render);
    }
  }
  return {};
}

std::string render_verdict(const Validation& validation) {
  if (validation.diagnostics.has_errors()) return {};
  return fmt::format("Valid: {} in {}.\n", count_words(validation.applications, "application"),
                     count_words(validation.files, "file"));
}

std::string json_text(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace syncwright::report
