#pragma once

#include <string>

#include "syncwright/plan/apply_report.h"

namespace syncwright::report::test {

inline plan::Change change(plan::ChangeType type, const std::string& id) {
  plan::Change made;
  made.type = type;
  made.id = id;
  made.application = id.substr(0, id.find('/'));
  if (id.find("/jobs/") != std::string::npos) made.job = "default";
  return made;
}

inline plan::ChangeOutcome outcome(plan::ChangeType type, const std::string& id,
                                   plan::OutcomeState state, const std::string& detail,
                                   Milliseconds duration) {
  plan::ChangeOutcome made;
  made.type = type;
  made.id = id;
  made.application = id.substr(0, id.find('/'));
  made.state = state;
  made.detail = detail;
  made.duration = duration;
  return made;
}

}  // namespace syncwright::report::test
