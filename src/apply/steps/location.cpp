#include "apply/steps/location.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apply/steps/identity.h"
#include "apply/steps/unique_name.h"
#include "syncwright/plan/job_obstacle.h"

namespace syncwright::apply {

namespace {

using ServicePrincipal = graph_read::GraphReader::ServicePrincipal;

Error stale_application(const ApplicationRun& run, const std::string& why) {
  Error error;
  error.kind = ErrorKind::stale;
  error.message = fmt::format("application {} {}", run.desired.name, why);
  error.advice = "Plan again.";
  return error;
}

/// Somebody deleted the one and left the other (docs/graph.md#13.25).
Error without_principal(const ApplicationRun& run) {
  plan::Refusal lost = plan::lost_principal(run.reference.application_id);
  Error error;
  error.kind = ErrorKind::not_found;
  error.message = std::move(lost.message);
  error.advice = std::move(lost.advice);
  return error;
}

/// A read that finds nothing may come too early; a service principal among the deleted ones is gone
/// for certain. A token that may not list those has to wait.
Result<std::optional<std::optional<ServicePrincipal>>> look_for_principal(
    const ApplicationRun& run, const std::string& app_id) {
  using Principal = std::optional<ServicePrincipal>;
  auto found = run.reader().service_principal_by_app_id(app_id, run.in_flight());
  if (!found) return fail(found.error());
  if (*found) return std::optional<Principal>(std::move(*found));
  const auto deleted = run.reader().is_service_principal_deleted(app_id, run.in_flight());
  if (deleted && *deleted) return std::optional<Principal>(Principal());
  return std::optional<Principal>();
}

/// Applications that carry this project's tag and this application's, as lists show them.
Result<std::vector<ServicePrincipal>> list_tagged(const ApplicationRun& run) {
  auto owned = run.reader().list_service_principals_by_tag(run.apply.owner.tag(), run.in_flight());
  if (!owned) return owned;
  const std::string tag = model::application_tag(run.desired.name);
  std::erase_if(*owned, [&](const ServicePrincipal& principal) {
    return std::find(principal.tags.begin(), principal.tags.end(), tag) == principal.tags.end();
  });
  return owned;
}

/// What was made under an earlier name keeps that name's key for good, also where its tags are
/// gone. Whether it was found.
Result<bool> locate_by_earlier_key(ApplicationRun& run) {
  for (std::string& name : model::earlier_unique_names(run.apply.owner, run.desired)) {
    auto found = follow_unique_name(run, std::move(name));
    if (!found) return fail(found.error());
    if (!found->holder) continue;
    if (auto learnt = learn(run, *found->holder); !learnt) return fail(learnt.error());
    const auto tags = fresh_tags(run);
    if (!tags) return fail(tags.error());
    if (model::names_no_other(run.desired, run.apply.owner, *tags)) return true;
    return fail(stale_application(run, "is somebody else's by now"));
  }
  return false;
}

}  // namespace

Result<std::optional<ServicePrincipal>> await_principal(const ApplicationRun& run,
                                                        const std::string& app_id,
                                                        std::optional<Instant> born) {
  const PollTarget target{"the service principal to be readable", born};
  auto found = poll<std::optional<ServicePrincipal>>(
      run.policy(), target, [&] { return look_for_principal(run, app_id); });
  const bool never_there =
      !found && found.error().kind == ErrorKind::not_found && !run.policy().is_young(born);
  return never_there ? Result<std::optional<ServicePrincipal>>(std::nullopt) : found;
}

Result<void> learn(ApplicationRun& run, const model::LiveReference& found) {
  run.reference = found;
  run.made_here = false;
  if (found.application_id.empty()) {
    auto application = run.reader().application_by_app_id(found.app_id, run.in_flight());
    if (!application) return fail(application.error());
    if (*application) run.reference = std::move(**application);
  }
  const auto born = parse_rfc3339(run.reference.created);
  run.session().set_born(born);
  run.reference.service_principal_id = found.service_principal_id;
  if (!found.service_principal_id.empty()) return {};
  const auto principal = await_principal(run, found.app_id, born);
  if (!principal) return fail(within(principal.error(), "application " + run.desired.name));
  if (!*principal) return fail(without_principal(run));
  run.reference.service_principal_id = (*principal)->reference.service_principal_id;
  return {};
}

bool take_planned(ApplicationRun& run) {
  if (run.planned == nullptr || !run.is_plan_fresh()) return false;
  const model::LiveReference& found = run.planned->reference;
  const auto born = parse_rfc3339(found.created);
  if (found.application_id.empty() || !born || run.policy().is_young(born)) return false;
  run.reference = found;
  run.made_here = false;
  run.session().set_born(born);
  for (const auto& [key, id] : run.planned->jobs) run.jobs[key] = {id, std::nullopt};
  return true;
}

Result<void> locate(ApplicationRun& run) {
  if (take_planned(run)) return {};
  auto name = follow_unique_name(run);
  if (!name) return fail(name.error());
  if (name->holder) return learn(run, *name->holder);
  auto candidates = list_tagged(run);
  if (!candidates) return fail(candidates.error());
  if (candidates->empty()) {
    auto kept = locate_by_earlier_key(run);
    if (!kept) return fail(kept.error());
    if (*kept) return {};
  }
  if (candidates->empty()) return fail(stale_application(run, "is not there any more"));
  if (candidates->size() > 1) return fail(stale_application(run, "is there more than once"));
  return learn(run, candidates->front().reference);
}

}  // namespace syncwright::apply
