#include "plan/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace syncwright::plan {

Change draft(ChangeType type, const model::DesiredApplication& application,
             const model::DesiredJob* job, SharedText reason, const SourceRange& origin) {
  Change change(type);
  change.application = application.name;
  if (job != nullptr) change.job = job->key;
  change.row = application.row;
  change.reason = reason;
  change.origin = place(origin, application.where);
  return change;
}

Change refuse(Change change, Refusal refusal, ChangeStatus status) {
  change.status = status;
  change.refusal = std::move(refusal);
  return change;
}

void chain(std::vector<Change>& changes) {
  struct Turn {
    std::string id;
    Change change;
  };
  std::vector<Turn> turns;
  turns.reserve(changes.size());
  for (Change& change : changes) turns.push_back({change.id(), std::move(change)});
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& left, const Turn& right) {
    return std::tie(left.change.type, left.change.job, left.id) <
           std::tie(right.change.type, right.change.job, right.id);
  });
  for (std::size_t i = 0; i < turns.size(); ++i) changes[i] = std::move(turns[i].change);
}

const SourceRange& place(const SourceRange& preferred, const SourceRange& fallback) {
  return preferred.line > 0 ? preferred : fallback;
}

const SourceRange& place(const Rare<SourceRange>& preferred, const SourceRange& fallback) {
  return preferred ? place(*preferred, fallback) : fallback;
}

std::string enumerate(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string restart_command(const model::DesiredApplication& application,
                            const model::DesiredJob& job) {
  const std::string command = "syncwright job restart --app " + application.name;
  return job.key == "default" ? command : command + " --job " + job.key;
}

}  // namespace syncwright::plan
