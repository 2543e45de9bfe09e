#include "order.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace syncwright {

namespace {

/// One application, strictly one after another (applications know nothing of each other):
///
///   application.instantiate ─▶ application.update ─▶ job.pause ─▶ job.create
///      the thing itself          its name and tags     quiet before  a schema and
///                                                      anything      validation need one
///                                                      else changes      │
///        ┌───────────────────────────────────────────────────────────────┘
///        ▼
///   credentials.validate ─▶ credentials.save ─▶ schema.put ─▶ job.restart ─▶ job.start
///      nothing is saved       before a cycle      before a      with all of that in place
///      that does not work     can use them        cycle runs
struct Step {
  ChangeType type;
  const char* id;  ///< behind the application's name; {job} is the job's key
};

constexpr std::array steps{
    Step{ChangeType::application_instantiate, ""},
    Step{ChangeType::application_update, "/update"},
    Step{ChangeType::job_pause, "/jobs/{job}/pause"},
    Step{ChangeType::job_create, "/jobs/{job}"},
    Step{ChangeType::credentials_validate, "/credentials/validate"},
    Step{ChangeType::credentials_save, "/credentials"},
    Step{ChangeType::schema_put, "/jobs/{job}/schema"},
    Step{ChangeType::job_restart, "/jobs/{job}/restart"},
    Step{ChangeType::job_start, "/jobs/{job}/start"},
};

std::size_t rank(ChangeType type) {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [type](const Step& step) { return step.type == type; });
  return static_cast<std::size_t>(found - steps.begin());
}

}  // namespace

std::string change_id(ChangeType type, const std::string& application, const std::string& job) {
  std::string suffix = steps[rank(type)].id;
  constexpr std::string_view key = "{job}";
  const std::size_t place = suffix.find(key);
  if (place != std::string::npos) suffix.replace(place, key.size(), job);
  return application + suffix;
}

void chain(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const Change& left, const Change& right) {
    return std::forward_as_tuple(rank(left.type), left.job) <
           std::forward_as_tuple(rank(right.type), right.job);
  });
  for (std::size_t i = 0; i < changes.size(); ++i) {
    changes[i].after.clear();
    if (i > 0) changes[i].after.push_back(changes[i - 1].id);
  }
}

}  // namespace syncwright
