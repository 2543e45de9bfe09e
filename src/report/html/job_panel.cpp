#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "report/html/markup.h"
#include "report/html/sections.h"
#include "syncwright/core/text.h"

namespace syncwright::report::html {
namespace {

struct TimePoint {
  Instant at;
  std::string label;  ///< foreign text
  std::string_view tone;
};

/// 28 days, as many of them filled as have passed.
std::string quarantine_meter(const std::string& since, Instant now) {
  const std::optional<int> passed = quarantine_days(since, now);
  if (!passed) return {};
  const int days = *passed;
  std::string cells;
  for (int day = 0; day < kQuarantineDays; ++day) {
    cells += fmt::format("<rect class=\"{}\" x=\"{}\" width=\"8\" height=\"14\" rx=\"2\"/>",
                         day < std::max(days, 1) ? "full" : "empty", day * 10);
  }
  return fmt::format(
      "<p class=\"meter{}\"><svg viewBox=\"0 0 278 14\" role=\"img\" aria-label=\"{} of {} days of "
      "quarantine\">{}</svg><span><b>{}</b> of {} days; then the job is disabled</span></p>\n",
      days >= 21 ? " late" : "", days, kQuarantineDays, cells, days, kQuarantineDays);
}

void add_point(std::vector<TimePoint>& points, const std::string& at, std::string label,
               std::string_view tone) {
  if (const auto instant = parse_rfc3339(at)) points.push_back({*instant, std::move(label), tone});
}

std::vector<TimePoint> points_of(const StatusRow& job, const std::vector<PageEdit>& edits,
                                 Instant now) {
  std::vector<TimePoint> points;
  add_point(points, job.steady_since, "steady for the first time", "good");
  add_point(points, job.cycle.ended, "last cycle", job.cycle.error.empty() ? "good" : "bad");
  add_point(points, job.quarantine_since, "quarantine began", "bad");
  add_point(points, job.next_attempt, "next attempt", "note");
  for (const PageEdit& edit : edits) {
    if (!edit.ours) add_point(points, edit.at, edit.by + ": " + edit.what, "warn");
  }
  if (points.empty()) return points;
  points.push_back({now, "this page", "ink"});
  if (const auto began = parse_rfc3339(job.quarantine_since)) {
    points.push_back({*began + std::chrono::days(kQuarantineDays), "the job is disabled", "bad"});
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const auto& left, const auto& right) { return left.at < right.at; });
  return points;
}

/// Points on a line, and below it what each of them is.
std::string timeline(const std::vector<TimePoint>& points) {
  constexpr std::int64_t width = 680;
  if (points.size() < 3) return {};  // a time and the page's own is no course of things
  const auto begin = points.front().at;
  const std::int64_t span = std::max<std::int64_t>((points.back().at - begin).count(), 1);
  std::string dots;
  std::string legend;
  for (const TimePoint& point : points) {
    dots += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"10\" r=\"5\"/>", point.tone,
                        10 + (point.at - begin).count() * width / span);
    legend += fmt::format("<li class=\"{}\">{} <span>{}</span></li>", point.tone,
                          time(format_rfc3339(point.at)), text(point.label));
  }
  return fmt::format(
      "<div class=\"times\"><svg viewBox=\"0 0 700 20\" role=\"img\" aria-label=\"{} on a line\">"
      "<path d=\"M10 10H690\"/>{}</svg>\n<ol>{}</ol></div>\n",
      count_words(points.size(), "point"), dots, legend);
}

std::string fact(std::string_view name, const std::string& value) {
  return value.empty() ? value : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
}

std::string cycle_words(const StatusCycle& cycle) {
  std::string words = text(cycle.state);
  if (!cycle.ended.empty()) words += " " + time(cycle.ended);
  return words;
}

std::string object_words(const StatusRow& job) {
  std::string words;
  if (job.has_cycle) {
    words = fmt::format("{} in scope, {} read, {} written{}", job.cycle.entitled,
                        job.cycle.imported, job.cycle.exported,
                        job.cycle.escrowed > 0
                            ? fmt::format(", <b class=\"bad\">{} put aside</b>", job.cycle.escrowed)
                            : "");
  }
  for (const auto& [pair, count] : job.entries) {
    words += fmt::format("{}{} in sync: {}", words.empty() ? "" : "; ", text(pair), count);
  }
  return words;
}

}  // namespace

std::optional<int> quarantine_days(const std::string& since, Instant now) {
  const auto began = parse_rfc3339(since);
  if (!began) return std::nullopt;
  const auto passed = std::chrono::floor<std::chrono::days>(now - *began).count();
  return static_cast<int>(std::clamp<std::int64_t>(passed, 0, kQuarantineDays));
}

std::string job_panel(const StatusRow& job, const std::vector<PageEdit>& edits, Instant now) {
  const bool is_ill = !job.quarantine.empty();
  std::string facts = fact("State", text(job.state) + (job.code.empty() ? "" : " · ") +
                                        element("span", is_ill ? "bad" : "", text(job.code)));
  if (job.has_cycle) facts += fact("Last cycle", cycle_words(job.cycle));
  facts += fact("Objects", object_words(job));
  facts += fact("Reason", text(job.quarantine));
  facts += fact("The service says", text(job.quarantine_message));
  if (!is_ill) facts += fact("Error", text(job.cycle.error));
  if (!job.next_attempt.empty()) facts += fact("Next attempt", time(job.next_attempt));
  facts += fact("Way out", text(job.way_out));
  facts += fact("Note", text(job.note));
  return fmt::format("<div class=\"job\"><h3>{}</h3>\n{}{}{}</div>\n",
                     job.job.empty() ? "No job" : "Job " + text(job.job),
                     quarantine_meter(job.quarantine_since, now), element("dl", "facts", facts),
                     timeline(points_of(job, edits, now)));
}

}  // namespace syncwright::report::html
