#include "plan/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace syncwright::plan {

namespace {

/// The text of a field, whichever side has one; a role that was left out is no text.
std::string text_of(const Change& change, std::string_view path, const char* otherwise) {
  for (const schema::FieldChange& field : change.fields) {
    const Json& value = field.after.is_null() ? field.before : field.after;
    if (field.path == path && value.is_string()) return value.get<std::string>();
  }
  return otherwise;
}

}  // namespace

Change draft(ChangeType type, const model::DesiredApplication& application,
             const model::DesiredJob* job, std::string reason, const SourceRange& origin) {
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

std::string change_id(const Change& change) {
  std::string who;
  if (const AssignmentPayload* assigned = change.assignment()) {
    const bool is_told = !assigned->principal_id.empty();
    who = assigned->principal_type + ":" +
          (is_told ? assigned->principal_id : text_of(change, "principal", ""));
  }
  const std::string_view suffix = traits_of(change.type).id;
  return change.application + fmt::format(fmt::runtime(suffix), fmt::arg("job", change.job),
                                          fmt::arg("who", who),
                                          fmt::arg("role", text_of(change, "role", "default")));
}

void chain(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const Change& left, const Change& right) {
    return std::forward_as_tuple(left.type, left.job, left.id) <
           std::forward_as_tuple(right.type, right.job, right.id);
  });
  for (std::size_t i = 0; i < changes.size(); ++i) {
    changes[i].after.clear();
    if (i > 0) changes[i].after.push_back(changes[i - 1].id);
  }
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

std::string restart_command(const model::DesiredApplication& application,
                            const model::DesiredJob& job) {
  const std::string command = "syncwright job restart --app " + application.name;
  return job.key == "default" ? command : command + " --job " + job.key;
}

}  // namespace syncwright::plan
