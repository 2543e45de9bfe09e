#include "syncwright/report/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "report/drift_report.h"
#include "report/junit/junit.h"
#include "report/mapping_test_report.h"
#include "report/markdown/plan_markdown.h"
#include "report/markdown/result_markdown.h"
#include "report/openmetrics/metrics.h"
#include "report/sarif/log.h"
#include "report/words/change_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/apply_text.h"
#include "syncwright/report/plan_text.h"

namespace syncwright::report {
namespace {

std::string text_of_plan(const PlanReport& report, const Rendering& rendering) {
  return render_plan(*report.advised, rendering.style);
}

StreamedObject json_of_plan(const PlanReport& report, const Rendering& /*rendering*/) {
  return plan::document_of(report.file.plan);
}

std::string markdown_of_plan(const PlanReport& report, const Rendering& /*rendering*/) {
  Provenance provenance = report.provenance;
  provenance.plan_digest = plan::plan_digest(report.file);
  return render_plan_markdown(*report.advised, provenance);
}

std::string junit_of_plan(const PlanReport& report, const Rendering& /*rendering*/) {
  return junit::of_plan(*report.advised);
}

std::string sarif_of_plan(const PlanReport& report, const Rendering& rendering) {
  return sarif::log_of("plan", report.file.plan.environment, sarif::findings_of(report),
                       rendering.run);
}

std::string text_of_drift(const DriftReport& report, const Rendering& rendering) {
  return render_drift(*report.advised, rendering.style);
}

StreamedObject json_of_drift(const DriftReport& report, const Rendering& /*rendering*/) {
  return plan::document_of(report.drift);
}

std::string markdown_of_drift(const DriftReport& report, const Rendering& /*rendering*/) {
  return render_drift_markdown(*report.advised, report.provenance);
}

std::string junit_of_drift(const DriftReport& report, const Rendering& /*rendering*/) {
  return junit::of_drift(*report.advised);
}

std::string sarif_of_drift(const DriftReport& report, const Rendering& rendering) {
  return sarif::log_of("drift", report.drift.plan.environment, sarif::findings_of(report),
                       rendering.run);
}

std::string metrics_of_drift(const DriftReport& report, const Rendering& /*rendering*/) {
  return openmetrics::of_drift(report.drift);
}

std::string text_of_validation(const Validation& validation, const Rendering& rendering) {
  const Diagnostics& diagnostics = validation.diagnostics;
  if (diagnostics.empty()) return render_verdict(validation);
  return render_diagnostics(diagnostics, validation.source, rendering.style) +
         count_diagnostics(diagnostics) + "\n" + render_verdict(validation);
}

std::string json_of_validation(const Validation& validation, const Rendering& /*rendering*/) {
  return json_text({{"valid", !validation.diagnostics.has_errors()},
                    {"diagnostics", to_json(validation.diagnostics)}});
}

std::string markdown_of_validation(const Validation& validation, const Rendering& /*rendering*/) {
  return render_validation_markdown(validation);
}

std::string sarif_of_validation(const Validation& validation, const Rendering& rendering) {
  return sarif::log_of("validate", rendering.run.environment, sarif::findings_of(validation),
                       rendering.run);
}

std::string text_of_tests(const MappingTestReport& report, const Rendering& rendering) {
  return render_mapping_tests(report.results, report.every_case, rendering.style);
}

std::string json_of_tests(const MappingTestReport& report, const Rendering& /*rendering*/) {
  return json_text(to_json(report.results));
}

std::string markdown_of_tests(const MappingTestReport& report, const Rendering& /*rendering*/) {
  return render_mapping_tests_markdown(report.results);
}

std::string junit_of_tests(const MappingTestReport& report, const Rendering& /*rendering*/) {
  return junit_xml(report.results);
}

std::string sarif_of_tests(const MappingTestReport& report, const Rendering& rendering) {
  return sarif::log_of("test", rendering.run.environment, sarif::findings_of(report),
                       rendering.run);
}

std::string text_of_apply(const ApplyResult& result, const Rendering& rendering) {
  return render_apply_summary(result.report, result.plan, rendering.style, result.reviewed);
}

std::string json_of_apply(const ApplyResult& result, const Rendering& /*rendering*/) {
  Json json = to_json(result.report);
  Json held = Json::array();
  for (const plan::Change& change : result.plan.changes) {
    if (change.status == plan::ChangeStatus::held) held.push_back(change.id());
  }
  json["summary"]["held"] = held.size();
  json["held"] = std::move(held);
  return json_text(json);
}

std::string markdown_of_apply(const ApplyResult& result, const Rendering& /*rendering*/) {
  return render_apply_markdown(result);
}

std::string junit_of_apply(const ApplyResult& result, const Rendering& /*rendering*/) {
  return junit::of_apply(result.report, result.plan);
}

std::string text_of_status(const StatusReport& status, const Rendering& rendering) {
  return render_status(*status.advised, rendering.style, rendering.times);
}

std::string json_of_status(const StatusReport& status, const Rendering& /*rendering*/) {
  return json_text(to_json(status.rows));
}

std::string markdown_of_status(const StatusReport& status, const Rendering& /*rendering*/) {
  return render_status_markdown(status);
}

std::string metrics_of_status(const StatusReport& status, const Rendering& rendering) {
  return openmetrics::of_status(status, rendering.run.now);
}

std::string text_of_log(const LogReport& log, const Rendering& rendering) {
  return render_log(log.rows, rendering.style, rendering.times);
}

std::string json_of_log(const LogReport& log, const Rendering& /*rendering*/) {
  return json_text(to_json(log.rows));
}

std::string markdown_of_log(const LogReport& log, const Rendering& /*rendering*/) {
  return render_log_markdown(log.rows);
}

std::string text_of_answer(const Answer& answer, const Rendering& rendering) {
  return answer.text(rendering.style);
}

std::string json_of_answer(const Answer& answer, const Rendering& /*rendering*/) {
  return answer.json;
}

std::string markdown_of_answer(const Answer& answer, const Rendering& /*rendering*/) {
  return render_answer_markdown(answer.command, answer.text(Style{}));
}

using Rendered = std::variant<std::string, StreamedObject>;

template <class Found>
using Render = std::function<Rendered(const Found&, const Rendering&)>;

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
  bool printed;
  std::vector<Writer> writers;
  /// Commands that write it of more than their result.
  std::vector<std::string_view> elsewhere = {};
};

/// What prints an Answer.
const std::vector<std::string_view>& answering_commands() {
  static const std::vector<std::string_view> commands{"eval",    "catalog", "provision", "job",
                                                      "explain", "schema",  "whoami",    "version"};
  return commands;
}

const std::vector<FormatRow>& format_rows() {
  static const std::vector<FormatRow> rows{
      {"text",
       true,
       {{{"validate"}, text_of_validation},
        {{"test"}, text_of_tests},
        {{"plan", "show"}, text_of_plan},
        {{"apply"}, text_of_apply},
        {{"drift"}, text_of_drift},
        {{"status"}, text_of_status},
        {{"logs"}, text_of_log},
        {answering_commands(), text_of_answer}}},
      {"json",
       true,
       {{{"validate"}, json_of_validation},
        {{"test"}, json_of_tests},
        {{"plan", "show"}, json_of_plan},
        {{"apply"}, json_of_apply},
        {{"drift"}, json_of_drift},
        {{"status"}, json_of_status},
        {{"logs"}, json_of_log},
        {answering_commands(), json_of_answer}}},
      {"markdown",
       true,
       {{{"validate"}, markdown_of_validation},
        {{"test"}, markdown_of_tests},
        {{"plan", "show"}, markdown_of_plan},
        {{"apply"}, markdown_of_apply},
        {{"drift"}, markdown_of_drift},
        {{"status"}, markdown_of_status},
        {{"logs"}, markdown_of_log},
        {answering_commands(), markdown_of_answer}}},
      {"junit",
       false,
       {{{"test"}, junit_of_tests},
        {{"plan"}, junit_of_plan},
        {{"apply"}, junit_of_apply},
        {{"drift"}, junit_of_drift}}},
      {"sarif",
       false,
       {{{"validate"}, sarif_of_validation},
        {{"test"}, sarif_of_tests},
        {{"plan"}, sarif_of_plan},
        {{"drift"}, sarif_of_drift}}},
      {"openmetrics", false, {{{"drift"}, metrics_of_drift}, {{"status"}, metrics_of_status}}},
      // A page is made of more than a result (page_inputs.h).
      {"html", false, {}, {"plan", "apply", "drift", "status", "test", "export"}},
  };
  return rows;
}

std::vector<FormatInfo> describe_formats() {
  std::vector<FormatInfo> infos;
  for (const FormatRow& row : format_rows()) {
    FormatInfo info{row.name, row.printed, {}};
    for (const Writer& writer : row.writers) {
      info.commands.insert(info.commands.end(), writer.commands.begin(), writer.commands.end());
    }
    info.commands.insert(info.commands.end(), row.elsewhere.begin(), row.elsewhere.end());
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

std::vector<std::string_view> commands_of(Format format) {
  for (const FormatInfo& info : formats()) {
    if (info.name == format.name) return info.commands;
  }
  return {};
}

std::vector<std::string_view> reporting_commands() {
  std::vector<std::string_view> commands;
  for (const FormatInfo& info : formats()) {
    std::copy_if(info.commands.begin(), info.commands.end(), std::back_inserter(commands),
                 [&](std::string_view command) { return !is_among(command, commands); });
  }
  return commands;
}

void write_report(const Report& report, Format format, const Rendering& rendering,
                  const WritePiece& write) {
  const auto render = [&rendering](const auto& found, const auto& renderer) -> Rendered {
    if constexpr (std::is_invocable_v<decltype(renderer), decltype(found), const Rendering&>) {
      return renderer(found, rendering);
    } else {
      return {};
    }
  };
  for (const FormatRow& row : format_rows()) {
    if (row.name != format.name) continue;
    for (const Writer& writer : row.writers) {
      if (writer.render.index() != report.index()) continue;
      const Rendered rendered = std::visit(render, report, writer.render);
      const auto* document = std::get_if<StreamedObject>(&rendered);
      return document != nullptr ? document->write(write) : write(std::get<std::string>(rendered));
    }
  }
}

std::string render_report(const Report& report, Format format, const Rendering& rendering) {
  std::string text;
  write_report(report, format, rendering, [&text](std::string_view piece) { text += piece; });
  return text;
}

std::string render_verdict(const Validation& validation) {
  if (validation.diagnostics.has_errors()) return {};
  return fmt::format("Valid: {} in {}.\n", count_words(validation.applications, "application"),
                     count_words(validation.files, "file"));
}

std::string json_text(const Json& value) {
  return printed_json(value, 2) + "\n";
}

}  // namespace syncwright::report
