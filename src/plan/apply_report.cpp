#include "syncwright/plan/apply_report.h"

#include <algorithm>

namespace syncwright::plan {

namespace {

Json to_json(const Error& error) {
  return {
      {"kind", to_string(error.kind)}, {"message", error.message}, {"advice", error.advice},
      {"status", error.status},        {"code", error.code},       {"requestId", error.request_id}};
}

Json to_json(const ChangeOutcome& outcome) {
  return {{"id", outcome.change->id()},
          {"type", to_string(outcome.change->type)},
          {"application", outcome.change->application},
          {"state", to_string(outcome.state)},
          {"detail", outcome.detail},
          {"error", outcome.error ? to_json(*outcome.error) : Json()},
          {"writes", outcome.writes},
          {"durationMs", outcome.duration.count()}};
}

}  // namespace

const char* to_string(OutcomeState state) {
  switch (state) {
    case OutcomeState::done:
      return "done";
    case OutcomeState::failed:
      return "failed";
    case OutcomeState::stale:
      return "stale";
    case OutcomeState::skipped:
      return "skipped";
    case OutcomeState::unknown:
      return "unknown";
  }
  return "";
}

int ApplyReport::count(OutcomeState state) const {
  return static_cast<int>(
      std::count_if(outcomes.begin(), outcomes.end(),
                    [state](const ChangeOutcome& outcome) { return outcome.state == state; }));
}

int ApplyReport::writes() const {
  int sum = 0;
  for (const ChangeOutcome& outcome : outcomes) sum += outcome.writes;
  return sum;
}

bool ApplyReport::all_done() const {
  return count(OutcomeState::done) == static_cast<int>(outcomes.size());
}

Json to_json(const ApplyReport& report) {
  Json outcomes = Json::array();
  for (const ChangeOutcome& outcome : report.outcomes) outcomes.push_back(to_json(outcome));
  Json summary = Json::object();
  for (const OutcomeState state : {OutcomeState::done, OutcomeState::failed, OutcomeState::stale,
                                   OutcomeState::skipped, OutcomeState::unknown}) {
    summary[to_string(state)] = report.count(state);
  }
  summary["writes"] = report.writes();
  return {{"outcomes", std::move(outcomes)},
          {"summary", std::move(summary)},
          {"interrupted", report.interrupted},
          {"journal", report.journal},
          {"backup", report.backup}};
}

}  // namespace syncwright::plan
