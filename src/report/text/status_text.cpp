#include "syncwright/report/status_text.h"

#include <fmt/format.h>

#include <vector>

#include "report/layout/page.h"
#include "report/layout/table.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

constexpr std::size_t kLabelColumn = 18;

Tone tone_of_code(const StatusRow& row) {
  if (!row.quarantine.empty() || row.code == "Quarantine") return Tone::bad;
  return row.code == "Active" ? Tone::good : Tone::change;
}

Tone tone_of_cycle(const StatusRow& row) {
  if (row.cycle.state == "Succeeded") return Tone::good;
  return row.cycle.state == "Failed" ? Tone::bad : Tone::change;
}

std::string count_cell(const StatusRow& row, std::int64_t count) {
  return row.has_cycle ? fmt::format("{}", count) : std::string();
}

/// "12 User to User, 3 Group to Group"
std::string entries_words(const StatusRow& row) {
  std::vector<std::string> parts;
  parts.reserve(row.entries.size());
  for (const auto& [kind, count] : row.entries) {
    parts.push_back(fmt::format("{} {}", count, escape_terminal(kind)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<Table::Cell> cells_of(const StatusRow& row, const Times& times) {
  return {{escape_terminal(row.application), Tone::strong},
          {escape_terminal(row.job)},
          {escape_terminal(row.state), row.state == "started" ? Tone::good : Tone::change},
          {escape_terminal(row.code), tone_of_code(row)},
          {escape_terminal(row.cycle.state), tone_of_cycle(row)},
          {times.words(row.cycle.ended)},
          {count_cell(row, row.cycle.imported)},
          {count_cell(row, row.cycle.exported)},
          {count_cell(row, row.cycle.escrowed), row.cycle.escrowed > 0 ? Tone::bad : Tone::plain},
          {entries_words(row)}};
}

bool has_details(const StatusRow& row) {
  return !row.quarantine.empty() || !row.cycle.error.empty() || !row.note.empty();
}

void append_details(Page& page, const StatusRow& row, const Times& times) {
  std::string name = escape_terminal(row.application);
  if (!row.job.empty()) name += "/" + escape_terminal(row.job);
  page.line();
  page.line(page.paint(Tone::strong, name));
  const auto add = [&page](std::string_view label, const std::string& text) {
    if (!text.empty()) page.fact(4, label, kLabelColumn, text);
  };
  add("note", escape_terminal(row.note));
  add("quarantine", escape_terminal(row.quarantine));
  add("message", escape_terminal(row.quarantine_message));
  add("since", times.words(row.quarantine_since));
  add("next attempt", times.words(row.next_attempt));
  add("last error", escape_terminal(row.cycle.error));
  add("way out", escape_terminal(row.way_out));
  add("job id", escape_terminal(row.job_id));
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json to_json(const StatusRow& row) {
  Json cycle;
  if (row.has_cycle) {
    cycle = {{"state", row.cycle.state},
             {"began", text_or_null(row.cycle.began)},
             {"ended", text_or_null(row.cycle.ended)},
             {"entitled", row.cycle.entitled},
             {"imported", row.cycle.imported},
             {"exported", row.cycle.exported},
             {"escrowed", row.cycle.escrowed},
             {"error", text_or_null(row.cycle.error)}};
  }
  return {{"application", row.application},
          {"job", text_or_null(row.job)},
          {"jobId", text_or_null(row.job_id)},
          {"state", text_or_null(row.state)},
          {"code", text_or_null(row.code)},
          {"cycle", std::move(cycle)},
          {"quarantine", text_or_null(row.quarantine)},
          {"quarantineMessage", text_or_null(row.quarantine_message)},
          {"quarantineSince", text_or_null(row.quarantine_since)},
          {"nextAttempt", text_or_null(row.next_attempt)},
          {"wayOut", text_or_null(row.way_out)},
          {"steadySince", text_or_null(row.steady_since)},
          {"entries", row.entries},
          {"note", text_or_null(row.note)}};
}

}  // namespace

std::string render_status(const std::vector<StatusRow>& rows, const Style& style,
                          const Times& times) {
  if (rows.empty()) return "No jobs.\n";
  Table table({"APPLICATION", "JOB", "STATE", "STATUS", "LAST CYCLE", "ENDED", "IMPORTED",
               "EXPORTED", "FAILED", "SYNCHRONIZED"});
  Page page(style);
  for (const StatusRow& row : rows) {
    table.add(cells_of(row, times));
    if (has_details(row)) append_details(page, row, times);
  }
  return table.render(style) + page.take();
}

Json to_json(const std::vector<StatusRow>& rows) {
  Json jobs = Json::array();
  for (const StatusRow& row : rows) jobs.push_back(to_json(row));
  return {{"jobs", std::move(jobs)}};
}

}  // namespace syncwright::report
