#include "plan/draft.h"

#include <fmt/format.h>

#include <utility>

#include "plan/order.h"

namespace syncwright {

Change draft(ChangeType type, const DesiredApplication& application, const DesiredJob* job,
             std::string reason, const SourceRange& origin) {
  Change change(type);
  change.application = application.name;
  if (job != nullptr) change.job = job->key;
  change.id = change_id(change);
  change.row = application.row;
  change.reason = std::move(reason);
  change.origin = place(origin, application.where);
  return change;
}

Change refuse(Change change, Refusal refusal, ChangeStatus status) {
  change.status = status;
  change.refusal = std::move(refusal);
  return change;
}

const SourceRange& place(const SourceRange& preferred, const SourceRange& fallback) {
  return preferred.line > 0 ? preferred : fallback;
}

std::string enumerate(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::string restart_command(const DesiredApplication& application, const DesiredJob& job) {
  const std::string command = "syncwright job restart --app " + application.name;
  return job.key == "default" ? command : command + " --job " + job.key;
}

std::string count_of(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace syncwright
