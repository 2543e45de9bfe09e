#pragma once

#include <deque>
#include <string>

#include "syncwright/plan/apply_report.h"

namespace syncwright::report::test {

inline plan::Change change(plan::ChangeType type, const std::string& id) {
  plan::Change made;
  made.type = type;
  made.application = id.substr(0, id.find('/'));
  if (id.find("/jobs/") != std::string::npos) made.job = "default";
  return made;
}

inline plan::ChangeOutcome outcome(const plan::Change& change, plan::OutcomeState state,
                                   const std::string& detail, Milliseconds duration) {
  plan::ChangeOutcome made;
  made.change = &change;
  made.state = state;
  made.detail = detail;
  made.duration = duration;
  return made;
}

/// Of a change that no plan of the test has.
inline plan::ChangeOutcome outcome(plan::ChangeType type, const std::string& id,
                                   plan::OutcomeState state, const std::string& detail,
                                   Milliseconds duration) {
  static std::deque<plan::Change> changes;
  changes.push_back(change(type, id));
  return outcome(changes.back(), state, detail, duration);
}

}  // namespace syncwright::report::test
