#include "syncwright/plan/basis.h"

#include <algorithm>
#include <iterator>

#include "syncwright/model/application_members.h"

namespace syncwright::plan {

// What a change replaces, as it was when somebody looked at the plan: before it writes, an apply
// reads again and compares digests (docs/contract.md#5, `basis`). The digest must hold everything
// that the write overwrites, else an edit by somebody else is lost without a word; and nothing
// more, else a job that merely runs makes every plan stale. So it is made of the `before` of the
// fields, which planner and executor get from the same functions.

namespace {

bool contains(const std::vector<std::string>& tags, std::string_view tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

}  // namespace

std::string basis_of(const std::vector<schema::FieldChange>& fields) {
  std::vector<Json> replaced;
  replaced.reserve(fields.size());
  for (const schema::FieldChange& field : fields) {
    replaced.push_back(Json::array({field.path.text(), field.before}));
  }
  std::sort(replaced.begin(), replaced.end());
  return digest(Json(std::move(replaced)));
}

std::vector<schema::FieldChange> identity_fields(const model::DesiredApplication& desired,
                                                 const model::Owner& owner,
                                                 const model::LiveReference& live,
                                                 const std::vector<std::string>& live_tags) {
  std::vector<schema::FieldChange> fields;
  model::for_each_application_text([&](const auto& row) {
    const std::string* wanted = model::wanted_text(row, desired);
    if (wanted == nullptr) return;
    const std::string& principal = live.*row.principal;
    if (principal != *wanted) fields.push_back({row.name, principal, *wanted});
    if (row.application == nullptr) return;
    const std::string& application = live.*row.application;
    if (!application.empty() && application != *wanted) {
      fields.push_back({std::string(kApplicationPath) + row.name, application, *wanted});
    }
  });
  std::vector<std::string> wanted{owner.tag(), model::application_tag(desired.name)};
  const bool is_protected = contains(live_tags, model::kProtectedTag);
  if (desired.protect.value_or(is_protected)) wanted.emplace_back(model::kProtectedTag);
  std::vector<std::string> present;
  if (contains(live_tags, owner.tag())) present.push_back(owner.tag());
  for (const model::Owner& predecessor : owner.predecessors()) {
    if (contains(live_tags, predecessor.tag())) present.push_back(predecessor.tag());
  }
  std::copy_if(live_tags.begin(), live_tags.end(), std::back_inserter(present),
               [](const std::string& tag) { return tag.starts_with(model::kApplicationTag); });
  if (is_protected) present.emplace_back(model::kProtectedTag);
  if (present != wanted) fields.push_back({"tags", present, wanted});
  return fields;
}

std::vector<std::string> tags_to_write(const Change& change) {
  std::vector<std::string> tags;
  for (const schema::FieldChange& field : change.fields) {
    if (field.path != "tags") continue;
    const Json after = field.after;
    if (!after.is_array()) continue;
    for (const Json& tag : after) {
      if (tag.is_string()) tags.push_back(tag.get<std::string>());
    }
  }
  return tags;
}

std::vector<schema::FieldChange> adoption_fields(const model::DesiredApplication& desired,
                                                 const model::Owner& owner,
                                                 const model::LiveReference& live,
                                                 const std::vector<std::string>& live_tags) {
  std::vector<schema::FieldChange> fields = identity_fields(desired, owner, live, live_tags);
  if (live.unique_name.empty() && !live.application_id.empty()) {
    fields.push_back({"uniqueName", nullptr, owner.unique_name(desired.name)});
  }
  return fields;
}

std::vector<schema::FieldChange> deletion_fields(const model::LiveReference& live,
                                                 const std::vector<std::string>& live_tags) {
  std::vector<schema::FieldChange> fields{{"displayName", live.display_name, nullptr}};
  if (!live.application_id.empty()) {
    fields.push_back({"applicationId", live.application_id, nullptr});
  }
  std::vector<std::string> ours;
  std::copy_if(live_tags.begin(), live_tags.end(), std::back_inserter(ours),
               [](const std::string& tag) { return tag.starts_with("syncwright"); });
  std::sort(ours.begin(), ours.end());
  if (!ours.empty()) fields.push_back({"tags", std::move(ours), nullptr});
  return fields;
}

std::vector<schema::FieldChange> deletion_fields(const model::LiveJob& live) {
  return {{"id", live.id, nullptr}, {"template", live.template_id, nullptr}};
}

std::string assignment_basis(const std::string& principal_id, const std::string& app_role_id,
                             bool assigned) {
  return digest(Json::array({principal_id, app_role_id, assigned}));
}

std::vector<schema::FieldChange> state_fields(const model::LiveJob& live, model::JobState wanted) {
  const model::JobState found =
      live.is_started() ? model::JobState::started : model::JobState::paused;
  if (found == wanted) return {};
  return {{"state", to_string(found), to_string(wanted)}};
}

}  // namespace syncwright::plan
