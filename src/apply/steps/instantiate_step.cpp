#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>

#include "apply/steps/identity.h"
#include "apply/steps/location.h"
#include "apply/steps/step.h"
#include "apply/steps/unique_name.h"
#include "syncwright/model/gallery_choice.h"

namespace syncwright::apply {

/// An application is made by a POST that is not idempotent and takes nothing but a display name
/// (docs/graph.md#5.1, docs/contract.md#4). What makes it hard is that a run may be killed, or its
/// answer lost, at every point, and that two runs may be at it at one time: what was made has to be
/// found again by that name alone. So it is made under a name that tells whose it is, and becomes
/// the application of its manifest only by the claim that follows (unique_name.cpp); before
/// anything is made, the whole chain of names and everything unclaimed is looked at, by the plan or
/// anew. A second POST without such a look would leave a second application, which nobody would
/// notice until it provisions.

namespace {

/// The application template that the manifest's `gallery` names, by display name or id.
Result<std::string> find_template(ApplicationRun& run) {
  const std::string& gallery = run.desired.gallery;
  const auto planned = run.apply.plan.gallery_templates.find(gallery);
  if (planned != run.apply.plan.gallery_templates.end() && run.is_plan_fresh()) {
    return planned->second;
  }
  const auto listed = run.apply.shared.gallery(gallery, run.in_flight());
  if (!listed) return fail(listed.error());
  const model::GalleryChoice choice = model::choose_gallery(gallery, *listed);
  if (choice.only() != nullptr) return choice.only()->id;
  if (choice.candidates.empty()) {
    return fail(ErrorKind::stale,
                fmt::format("the gallery has no application {} any more", gallery));
  }
  return fail(
      ErrorKind::stale,
      fmt::format("the gallery has {} applications named {}", choice.candidates.size(), gallery),
      "Name the application template by its id.");
}

/// What killed runs created and never claimed, the oldest first.
Result<std::vector<model::LiveReference>> list_pending(ApplicationRun& run, ListAge age) {
  const model::Owner& owner = run.apply.owner;
  const std::string name = owner.pending_display_name(run.desired.name);
  const auto listed = run.apply.shared.pending(owner.pending_prefix(), age, run.in_flight());
  if (!listed) return fail(listed.error());
  std::vector<model::LiveReference> pending;
  std::copy_if((*listed)->begin(), (*listed)->end(), std::back_inserter(pending),
               [&](const model::LiveReference& found) { return found.display_name == name; });
  std::sort(pending.begin(), pending.end(),
            [](const model::LiveReference& a, const model::LiveReference& b) {
              return std::tie(a.created, a.application_id) < std::tie(b.created, b.application_id);
            });
  return pending;
}

/// The oldest unclaimed creation from this template, with its service principal; nullopt: none. One
/// from another template was made before the manifest changed its gallery, and one whose service
/// principal was deleted is of no use: they are left, and listed as orphans.
Result<std::optional<model::LiveReference>> oldest_pending(ApplicationRun& run,
                                                           const std::string& template_id,
                                                           ListAge age) {
  const auto pending = list_pending(run, age);
  if (!pending) return fail(pending.error());
  for (model::LiveReference candidate : *pending) {
    const auto principal = await_principal(run, candidate.app_id, parse_rfc3339(candidate.created));
    if (!principal) return fail(within(principal.error(), "application " + run.desired.name));
    if (!*principal || (*principal)->application_template_id != template_id) continue;
    candidate.service_principal_id = (*principal)->reference.service_principal_id;
    return std::optional(std::move(candidate));
  }
  return std::optional<model::LiveReference>();
}

/// Takes up what a killed run created; false where there is none.
Result<bool> resume_pending(ApplicationRun& run, const std::string& template_id) {
  const auto pending = oldest_pending(run, template_id, ListAge::shared);
  if (!pending) return fail(pending.error());
  if (!*pending) return false;
  if (auto learnt = learn(run, **pending); !learnt) return fail(learnt.error());
  return true;
}

/// Whether an application was made no earlier than that. Graph tells whole seconds.
bool is_made_since(const model::LiveReference& found, Instant asked) {
  const auto created = parse_rfc3339(found.created);
  return created && *created >= std::chrono::floor<std::chrono::seconds>(asked);
}

/// The POST under the pending name, and what it made.
class Creation {
 public:
  Creation(ApplicationRun& run, const std::string& template_id)
      : run_(run), template_id_(template_id) {}

  [[nodiscard]] Result<void> carry_out() {
    TenantWrite write{"application.instantiate",
                      {"the gallery to take the creation again", std::nullopt},
                      Resend::when_service_failed};
    write.prepare = [this] {
      asked_ = run_.now();
      return Next::send;
    };
    write.send = [this](std::stop_token stop) { return send(std::move(stop)); };
    write.answer_proves = true;
    // After a lost answer, a list without the application proves nothing: it may appear later.
    write.proof = [this] {
      return look_for(
          run_.session(),
          {"a creation whose answer was lost to appear", std::nullopt, Transient::object, kListLag},
          [this] { return is_listed(); });
    };
    write.explain = [](const Error& lost, const Error* look) {
      return look != nullptr && look->kind == ErrorKind::cancelled ? *look : lost;
    };
    const auto created = run_.write(write);
    if (!created) return fail(created.error());
    return found_ ? learn_found() : Result<void>();
  }

 private:
  Result<graph_write::Written> send(std::stop_token stop) {
    const std::string name = run_.apply.owner.pending_display_name(run_.desired.name);
    auto made = run_.writer().instantiate(template_id_, name, std::move(stop));
    if (!made) return fail(std::move(made).error());
    run_.reference = std::move(made->reference);
    run_.session().set_born(asked_);
    run_.made_here = true;
    return made->written;
  }

  Result<bool> is_listed() {
    auto listed = oldest_pending(run_, template_id_, ListAge::fresh);
    if (!listed) return fail(listed.error());
    found_ = std::move(*listed);
    return found_.has_value();
  }

  /// What the POST made though its answer was lost.
  Result<void> learn_found() {
    if (found_->created.empty()) found_->created = format_rfc3339(asked_);
    if (auto learnt = learn(run_, *found_); !learnt) return learnt;
    run_.new_to_us = is_made_since(*found_, asked_);
    return {};
  }

  ApplicationRun& run_;
  const std::string& template_id_;
  Instant asked_{};  ///< when the last POST was sent
  std::optional<model::LiveReference> found_;
};

/// The one application of this name, claimed and known to `run`. The whole chain of names is asked
/// before anything is created: the application may live behind a soft-deleted holder.
Result<void> obtain_application(ApplicationRun& run) {
  auto name = follow_free_name(run);
  if (!name) return fail(name.error());
  if (name->holder) {
    if (auto learnt = learn(run, *name->holder); !learnt) return learnt;
    return claim(run, std::move(*name));
  }
  const auto template_id = find_template(run);
  if (!template_id) return fail(template_id.error());
  const auto resumed = run.is_name_free() ? false : resume_pending(run, *template_id);
  if (!resumed) return fail(resumed.error());
  if (!*resumed) {
    if (auto made = Creation(run, *template_id).carry_out(); !made) return made;
  }
  return claim(run, std::move(*name));
}

}  // namespace

StepResult instantiate_application(ApplicationRun& run, const plan::Change&) {
  if (auto obtained = obtain_application(run); !obtained) return fail(obtained.error());
  if (auto tagged = write_identity(run); !tagged) return fail(tagged.error());
  return fmt::format("application {}, service principal {}", run.reference.application_id,
                     run.service_principal());
}

}  // namespace syncwright::apply
