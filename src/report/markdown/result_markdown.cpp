#include "report/markdown/result_markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/markdown/markdown.h"
#include "report/words/change_words.h"
#include "report/words/outcome_words.h"
#include "syncwright/core/text.h"
#include "syncwright/report/diagnostic_text.h"
#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

using markdown::code;
using markdown::Comment;
using markdown::heading_row;
using markdown::kCommentLimit;
using markdown::row;
using markdown::text;

/// A cell that stays empty where there is nothing.
std::string code_cell(const std::string& foreign) {
  return foreign.empty() ? std::string() : code(foreign);
}

std::string count_cell_of(const StatusRow& row, std::int64_t count) {
  return row.has_cycle ? fmt::format("{}", count) : std::string();
}

/// A comment has room for what was done and what was not; a plan tells of held changes.
std::string held_sentence(const plan::Plan& plan) {
  constexpr std::size_t most = 20;
  const auto held = held_changes(plan);
  if (held.empty()) return {};
  std::vector<std::string> names;
  for (const auto& [application, changes] : held) {
    if (names.size() < most) names.push_back(code(application));
  }
  const std::size_t others = held.size() - names.size();
  return fmt::format("\n**Held**: {}{}, {}.\n", fmt::join(names, ", "),
                     others == 0 ? "" : fmt::format(" and {} more", others), kHeldWords);
}

std::string with_advice(const std::string& explanation, const std::string& advice) {
  return advice.empty() ? text(explanation) : text(explanation) + "<br>" + text(advice);
}

std::string explanation_cell(const plan::ChangeOutcome& outcome) {
  return with_advice(explanation_of(outcome), outcome.error ? outcome.error->advice : "");
}

/// The longest run of backquotes, which a fence has to be longer than.
std::size_t longest_fence(std::string_view foreign) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char character : foreign) {
    run = character == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string render_validation_markdown(const Validation& validation) {
  const Diagnostics& diagnostics = validation.diagnostics;
  std::string verdict = render_verdict(validation);
  if (verdict.empty()) verdict = count_diagnostics(diagnostics) + ".\n";
  Comment comment(fmt::format("### Validation\n\n**{}**\n", verdict.substr(0, verdict.size() - 1)),
                  kCommentLimit);
  std::vector<std::string> rows;
  rows.reserve(diagnostics.size());
  for (const Diagnostic& each : diagnostics.items()) {
    rows.push_back(
        row({to_string(each.severity), code_cell(std::string(to_string(each.code))),
             code_cell(position_of(each.where)), with_advice(each.message, each.advice)}));
  }
  comment.add_table("\n" + heading_row({"level", "code", "where", "message"}), rows, "message");
  return comment.take("`syncwright validate` has all of it.");
}

std::string render_apply_markdown(const ApplyResult& result) {
  const plan::ApplyReport& report = result.report;
  Comment comment(fmt::format("### Apply to {}\n\n**{}**\n", text(place_of(result.plan)),
                              apply_summary(report, result.plan) + "." +
                                  (report.interrupted ? " Interrupted." : "")) +
                      held_sentence(result.plan),
                  kCommentLimit);
  std::vector<std::string> faults;
  std::vector<std::string> done;
  for (const plan::ChangeOutcome& outcome : report.outcomes) {
    const std::string application = code(outcome.change->application);
    const std::string title = text(title_of(*outcome.change));
    if (outcome.state == plan::OutcomeState::done) {
      done.push_back(row({application, title, duration_words(outcome.duration)}));
    } else {
      faults.push_back(
          row({to_string(outcome.state), application, title, explanation_cell(outcome)}));
    }
  }
  comment.add_table("\n#### Not done\n\n" + heading_row({"", "application", "change", "why"}),
                    faults, "change");
  comment.add_table("\n#### Done\n\n" + heading_row({"application", "change", "took"}), done,
                    "change");
  return comment.take("`syncwright apply --format json` has all of it.");
}

std::string render_status_markdown(const StatusReport& status) {
  std::string place = code(status.project);
  if (!status.environment.empty()) place = code(status.project + "/" + status.environment);
  Comment comment(
      fmt::format("### Status of {}\n\n**{}{}**\n", place, count_words(status.rows.size(), "job"),
                  status.complete ? "." : "; not every application could be read."),
      kCommentLimit);
  std::vector<std::string> jobs;
  std::vector<std::string> ills;
  for (const StatusRow& each : *status.advised) {
    jobs.push_back(row(
        {code(each.application), code_cell(each.job), text(each.state), text(each.code),
         text(each.cycle.state), text(each.cycle.ended), count_cell_of(each, each.cycle.imported),
         count_cell_of(each, each.cycle.exported), count_cell_of(each, each.cycle.escrowed)}));
    const auto add = [&](const char* what, const std::string& words) {
      if (words.empty()) return;
      ills.push_back(row({code(each.application), code_cell(each.job), what, text(words)}));
    };
    add("quarantine", each.quarantine);
    add("message", each.quarantine_message);
    add("since", each.quarantine_since);
    add("next attempt", each.next_attempt);
    add("last error", each.cycle.error);
    add("way out", each.way_out);
    add("note", each.note);
  }
  comment.add_table("\n" + heading_row({"application", "job", "state", "status", "last cycle",
                                        "ended", "imported", "exported", "failed"}),
                    jobs, "job");
  comment.add_table("\n#### To look at\n\n" + heading_row({"application", "job", "", ""}), ills,
                    "line");
  return comment.take("`syncwright status` has all of it.");
}

std::string render_log_markdown(const std::vector<LogRow>& rows) {
  Comment comment(
      fmt::format("### Provisioning log\n\n**{}.**\n", count_words(rows.size(), "log line")),
      kCommentLimit);
  std::vector<std::string> entries;
  entries.reserve(rows.size());
  for (const LogRow& each : rows) {
    std::string why = text(each.error_code);
    if (!each.reason.empty()) why += (why.empty() ? "" : ": ") + text(each.reason);
    if (!each.recommended_action.empty()) why += "<br>" + text(each.recommended_action);
    entries.push_back(row({text(each.time), code(each.application), text(each.action),
                           text(each.status), text(each.source), text(each.target), why}));
  }
  comment.add_table(
      "\n" + heading_row({"time", "application", "action", "status", "source", "target", "why"}),
      entries, "log line");
  return comment.take("`syncwright logs` has all of it.");
}

std::string render_answer_markdown(std::string_view command, std::string_view text_of_answer) {
  const std::string fence(std::max<std::size_t>(3, longest_fence(text_of_answer) + 1), '`');
  std::string block;
  while (!text_of_answer.empty()) {
    const std::size_t end = text_of_answer.find('\n');
    block += escape_terminal(text_of_answer.substr(0, end)) + "\n";
    text_of_answer.remove_prefix(end == std::string_view::npos ? text_of_answer.size() : end + 1);
  }
  return fmt::format("### syncwright {}\n\n{}text\n{}{}\n", command, fence, block, fence);
}

}  // namespace syncwright::report
