#pragma once

#include <map>
#include <string>

#include "syncwright/plan/apply_report.h"
#include "syncwright/plan/plan.h"

namespace syncwright {

/// What an apply calls the changes it carries out: as the plan did, people and groups by their
/// names, which the outcome of a change does not hold.
class ChangeTitles {
 public:
  explicit ChangeTitles(const Plan& plan);

  /// "assign group Sales as User"; of a change that the plan does not have, what its id says.
  [[nodiscard]] std::string of(const ChangeOutcome& outcome) const;

 private:
  std::map<std::string, std::string> by_id_;
};

}  // namespace syncwright
