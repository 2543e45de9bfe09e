#include "plan/order.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

namespace syncwright {

namespace {

/// One application, strictly one after another (applications know nothing of each other):
///
///   application.instantiate ─▶ application.adopt │ application.update ─▶ job.pause ─┐
///      the thing itself          whose it is, its name and tags          quiet before
///        ┌───────────────────────────────────────────────────────────── anything else
///        ▼
///   assignment.add ─▶ job.create ─▶ credentials.validate ─▶ credentials.save ─▶ schema.put ─┐
///      a first cycle    a schema and    nothing is saved        before a cycle      before a
///      finds everybody  validation      that does not work      can use them        cycle runs
///                       need one                                                           │
///        ┌─────────────────────────────────────────────────────────────────────────────────┘
///        ▼
///   assignment.remove ─▶ job.restart │ job.start ─▶ job.delete ─▶ application.delete
///      under the rules      with all of that in place   --prune only, and last
///      that are to hold
struct Step {
  ChangeType type;
  const char* id;  ///< behind the application's name; {job}, {who} and {role} are filled in
};

constexpr std::array steps{
    Step{ChangeType::application_instantiate, ""},
    Step{ChangeType::application_adopt, "/adopt"},
    Step{ChangeType::application_update, "/update"},
    Step{ChangeType::job_pause, "/jobs/{job}/pause"},
    Step{ChangeType::assignment_add, "/assignments/{who}/{role}"},
    Step{ChangeType::job_create, "/jobs/{job}"},
    Step{ChangeType::credentials_validate, "/credentials/validate"},
    Step{ChangeType::credentials_save, "/credentials"},
    Step{ChangeType::schema_put, "/jobs/{job}/schema"},
    Step{ChangeType::assignment_remove, "/assignments/{who}/{role}"},
    Step{ChangeType::job_restart, "/jobs/{job}/restart"},
    Step{ChangeType::job_start, "/jobs/{job}/start"},
    Step{ChangeType::job_delete, "/jobs/{job}/delete"},
    Step{ChangeType::application_delete, "/delete"},
};

std::size_t rank(ChangeType type) {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [type](const Step& step) { return step.type == type; });
  return static_cast<std::size_t>(found - steps.begin());
}

void fill_in(std::string& text, std::string_view key, const std::string& value) {
  const std::size_t place = text.find(key);
  if (place != std::string::npos) text.replace(place, key.size(), value);
}

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
  std::string suffix = steps[rank(change.type)].id;
  fill_in(suffix, "{job}", change.job);
  if (change.type == ChangeType::assignment_add || change.type == ChangeType::assignment_remove) {
    const std::string principal =
        change.principal_id.empty() ? text_of(change, "principal", "") : change.principal_id;
    // The role first: what stands for it must not be looked for in a principal's own text.
    fill_in(suffix, "{role}", text_of(change, "role", "default"));
    fill_in(suffix, "{who}", change.principal_type + ":" + principal);
  }
  return change.application + suffix;
}

void chain(std::vector<Change>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const Change& left, const Change& right) {
    return std::forward_as_tuple(rank(left.type), left.job, left.id) <
           std::forward_as_tuple(rank(right.type), right.job, right.id);
  });
  for (std::size_t i = 0; i < changes.size(); ++i) {
    changes[i].after.clear();
    if (i > 0) changes[i].after.push_back(changes[i - 1].id);
  }
}

}  // namespace syncwright
