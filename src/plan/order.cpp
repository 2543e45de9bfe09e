#include "plan/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace syncwright {

namespace {

/// The text of a field, whichever side has one; a role that was left out is no text.
std::string text_of(const Change& change, std::string_view path, const char* otherwise) {
  for (const FieldChange& field : change.fields) {
    const Json& value = field.after.is_null() ? field.before : field.after;
    if (field.path == path && value.is_string()) return value.get<std::string>();
  }
  return otherwise;
}

}  // namespace

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

}  // namespace syncwright
