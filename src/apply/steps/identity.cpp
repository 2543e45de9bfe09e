#include "apply/steps/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apply/steps/step.h"
#include "syncwright/plan/basis.h"

namespace syncwright::apply {

namespace {

/// The later edit wins where the two speak of the same tag.
void add_edit(model::TagEdit& all, const model::TagEdit& edit) {
  std::erase_if(all.add, [&](const std::string& tag) {
    return std::any_of(edit.remove_prefixes.begin(), edit.remove_prefixes.end(),
                       [&](const std::string& prefix) { return tag.starts_with(prefix); });
  });
  all.add.insert(all.add.end(), edit.add.begin(), edit.add.end());
  all.remove_prefixes.insert(all.remove_prefixes.end(), edit.remove_prefixes.begin(),
                             edit.remove_prefixes.end());
}

/// `whole` says what else the PATCH carries; its tags are those of this run, `edit` among them.
Result<void> edit_own_principal(ApplicationRun& run, const model::TagEdit& edit,
                                PrincipalEdit whole) {
  bool added = false;
  whole.edit = [&](const graph_read::GraphReader::ServicePrincipal& now) -> Result<model::TagEdit> {
    if (auto owned = refuse_foreign_owner(run, now.tags); !owned) return fail(owned.error());
    if (!std::exchange(added, true)) add_edit(run.own_tags, edit);
    return run.own_tags;
  };
  const auto edited = edit_principal(run.session(), run.reader(), run.writer(), whole);
  if (!edited) return fail(edited.error());
  run.owes_tags = false;
  return {};
}

/// What the basis is of: names and tags (adoption_fields).
plan::Change identity_of(plan::Change change) {
  std::erase_if(change.fields,
                [](const schema::FieldChange& field) { return field.path == "uniqueName"; });
  return change;
}

}  // namespace

Result<void> refuse_foreign_owner(const ApplicationRun& run, const std::vector<std::string>& tags) {
  const auto owner = run.apply.owner.foreign_tag(tags);
  if (!owner) return {};
  return fail(ErrorKind::guard,
              fmt::format("service principal {} is owned by {}", run.service_principal(), *owner));
}

Result<void> edit_own_tags(ApplicationRun& run, const model::TagEdit& edit) {
  return edit_own_principal(run, edit, {run.service_principal(), {}});
}

void join_closing(ApplicationRun& run, model::TagEdit& edit) {
  if (const auto closing = std::exchange(run.closing, std::nullopt)) add_edit(edit, *closing);
}

void owe_edit(ApplicationRun& run, const model::TagEdit& edit) {
  add_edit(run.own_tags, edit);
  run.owes_tags = true;
}

Result<void> settle_edits(ApplicationRun& run) {
  return run.owes_tags ? edit_own_tags(run, {}) : Result<void>();
}

Result<std::vector<std::string>> fresh_tags(const ApplicationRun& run) {
  auto read = read_principal(run.session(), run.reader(), run.service_principal());
  if (!read) return fail(read.error());
  return model::apply_edit(std::move(read->tags), run.own_tags);
}

Result<std::vector<std::string>> known_tags(const ApplicationRun& run) {
  if (run.made_here) return model::apply_edit({}, run.own_tags);
  if (run.planned == nullptr || !run.is_plan_fresh()) return fresh_tags(run);
  return model::apply_edit(run.planned->tags, run.own_tags);
}

Result<void> write_identity(ApplicationRun& run, const std::vector<std::string>& reviewed,
                            const PrincipalCheck& check) {
  model::TagEdit edit{{run.apply.owner.tag(), model::application_tag(run.desired.name)},
                      {std::string(model::kApplicationTag)}};
  // What an earlier name of the project owned has one owner tag afterwards.
  for (const model::Owner& predecessor : run.apply.owner.predecessors()) {
    edit.remove_prefixes.push_back(predecessor.tag());
  }
  for (const std::string& tag : reviewed) {
    if (std::find(edit.add.begin(), edit.add.end(), tag) == edit.add.end()) {
      edit.add.push_back(tag);
    }
  }
  if (run.desired.protect) {
    (*run.desired.protect ? edit.add : edit.remove_prefixes).emplace_back(model::kProtectedTag);
  }
  join_closing(run, edit);
  return edit_own_principal(run, edit,
                            {run.service_principal(),
                             {},
                             model::principal_texts(run.desired),
                             reads_after_change(run),
                             check});
}

Result<void> check_identity(const ApplicationRun& run, const plan::Change& change,
                            const graph_read::GraphReader::ServicePrincipal& principal,
                            const std::string& application_name) {
  model::LiveReference live = principal.reference;
  live.application_display_name = application_name;
  return check_basis(identity_of(change),
                     plan::identity_fields(run.desired, run.apply.owner, live, principal.tags));
}

Result<model::LiveReference> read_application(const ApplicationRun& run) {
  return poll<model::LiveReference>(
      run.policy(), run.session().target("the application to be readable"),
      [&] { return run.reader().application(run.reference.application_id, run.in_flight()); });
}

Result<bool> needs_name(const ApplicationRun& run, const std::string& seen) {
  const auto application = read_application(run);
  if (!application) return fail(application.error());
  if (application->display_name == run.desired.display_name) return false;
  if (application->display_name == seen) return true;
  return fail(ErrorKind::stale, "the application was renamed since the plan was made",
              "Plan again.");
}

Result<void> rename_application(ApplicationRun& run, const std::string& seen) {
  const std::string& id = run.reference.application_id;
  const std::string& name = run.desired.display_name;
  if (id.empty() || seen == name) return {};
  TenantWrite write{"application.rename",
                    run.session().target("the application to accept its name"),
                    Resend::after_preparing};
  write.followed_by = {graph_read::GraphReader::application_path(id),
                       graph_read::GraphReader::service_principal_path(run.service_principal())};
  write.prepare = [&]() -> Result<Next> {
    const auto needed = needs_name(run, seen);
    if (!needed) return fail(needed.error());
    return *needed ? Next::send : Next::nothing;
  };
  write.send = [&](std::stop_token stop) {
    return run.writer().rename_application(id, name, std::move(stop));
  };
  write.proof = proof_by(
      run.session(), "the application to show its name",
      [&] { return run.reader().application(id, run.in_flight()); },
      [&name](const auto& now) { return now && now->display_name == name; });
  const auto renamed = run.write(write);
  return renamed ? Result<void>() : fail(renamed.error());
}

}  // namespace syncwright::apply
