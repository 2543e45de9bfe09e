#pragma once

#include <string>

#include "syncwright/plan/apply_report.h"

namespace syncwright::test {

inline Change change(ChangeType type, const std::string& id) {
  Change made;
  made.type = type;
  made.id = id;
  made.application = id.substr(0, id.find('/'));
  if (id.find("/jobs/") != std::string::npos) made.job = "default";
  return made;
}

inline ChangeOutcome outcome(ChangeType type, const std::string& id, OutcomeState state,
                             const std::string& detail, Milliseconds duration) {
  ChangeOutcome made;
  made.type = type;
  made.id = id;
  made.application = id.substr(0, id.find('/'));
  made.state = state;
  made.detail = detail;
  made.duration = duration;
  return made;
}

}  // namespace syncwright::test
