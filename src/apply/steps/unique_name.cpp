#include "apply/steps/unique_name.h"

#include <fmt/format.h>

#include <algorithm>

#include "apply/steps/identity.h"
#include "apply/steps/location.h"
#include "syncwright/plan/held_back.h"

namespace syncwright {

namespace {

constexpr int kLongestChain = 16;

using ServicePrincipal = GraphReader::ServicePrincipal;

Error gone(const ApplicationRun& run, const std::string& why) {
  Error error;
  error.kind = ErrorKind::stale;
  error.message = fmt::format("application {} {}", run.desired.name, why);
  error.advice = "Plan again.";
  return error;
}

/// Somebody deleted the one and left the other (docs/graph.md#13.25).
Error without_principal(const ApplicationRun& run) {
  Refusal lost = lost_principal(run.reference.application_id);
  Error error;
  error.kind = ErrorKind::not_found;
  error.message = std::move(lost.message);
  error.advice = std::move(lost.advice);
  return error;
}

/// Applications that carry this project's tag and this application's, as lists show them.
Result<std::vector<ServicePrincipal>> tagged(ApplicationRun& run) {
  auto owned =
      run.reader().list_service_principals_by_tag(run.context.owner.tag(), run.in_flight());
  if (!owned) return owned;
  const std::string tag = application_tag(run.desired.name);
  std::erase_if(*owned, [&](const ServicePrincipal& principal) {
    return std::find(principal.tags.begin(), principal.tags.end(), tag) == principal.tags.end();
  });
  return owned;
}

/// The first link of the chain.
Result<UniqueName> look_up_unique_name(ApplicationRun& run) {
  UniqueName found{run.context.owner.unique_name(run.desired.name), std::nullopt};
  auto holder = run.reader().application_by_unique_name(found.name, run.in_flight());
  if (!holder) return fail(holder.error());
  found.holder = std::move(*holder);
  return found;
}

Result<SharedReads::Deleted> list_deleted(ApplicationRun& run, DeletedList which) {
  if (which == DeletedList::shared) return run.context.shared.deleted_holders(run.in_flight());
  return SharedReads(run.reader()).deleted_holders(run.in_flight());
}

/// The deleted application that every run takes for the holder of the name; nullptr: none.
const LiveReference* first_holder(const std::vector<LiveReference>& deleted,
                                  const std::string& name) {
  const LiveReference* first = nullptr;
  for (const LiveReference& each : deleted) {
    if (each.unique_name != name) continue;
    if (first == nullptr || each.application_id < first->application_id) first = &each;
  }
  return first;
}

}  // namespace

Result<UniqueName> follow_unique_name(ApplicationRun& run, DeletedList which) {
  auto found = look_up_unique_name(run);
  for (int link = 0; found && link < kLongestChain; ++link) {
    if (found->holder) return found;
    const auto deleted = list_deleted(run, which);
    if (!deleted) return fail(deleted.error());
    const LiveReference* first = first_holder(**deleted, found->name);
    if (first == nullptr) return found;
    found->name = run.context.owner.unique_name_after(found->name, first->application_id);
    auto holder = run.reader().application_by_unique_name(found->name, run.in_flight());
    if (!holder) return fail(holder.error());
    found->holder = std::move(*holder);
  }
  if (!found) return found;
  return fail(ErrorKind::rejected,
              fmt::format("{} soft-deleted applications hold the name {} one after the other",
                          kLongestChain, run.context.owner.unique_name(run.desired.name)),
              "Purge them under directory/deletedItems.");
}

Result<void> learn(ApplicationRun& run, const LiveReference& found) {
  run.reference = found;
  run.made_here = false;
  if (found.application_id.empty()) {
    auto application = run.reader().application_by_app_id(found.app_id, run.in_flight());
    if (!application) return fail(application.error());
    if (*application) run.reference = std::move(**application);
  }
  run.born = parse_rfc3339(run.reference.created);
  run.reference.service_principal_id = found.service_principal_id;
  if (!found.service_principal_id.empty()) return {};
  const auto principal = await_principal(run, found.app_id, run.born);
  if (!principal) return fail(within(principal.error(), "application " + run.desired.name));
  if (!*principal) return fail(without_principal(run));
  run.reference.service_principal_id = (*principal)->reference.service_principal_id;
  return {};
}

namespace {

/// What an earlier name of the project made keeps that name's key for good, also where its tags are
/// gone. Whether it was found.
Result<bool> locate_by_earlier_key(ApplicationRun& run) {
  for (const Owner& predecessor : run.context.owner.predecessors()) {
    auto holder = run.reader().application_by_unique_name(predecessor.unique_name(run.desired.name),
                                                          run.in_flight());
    if (!holder) return fail(holder.error());
    if (!*holder) continue;
    if (auto learnt = learn(run, **holder); !learnt) return fail(learnt.error());
    const auto tags = fresh_tags(run);
    if (!tags) return fail(tags.error());
    if (names_no_other(run.desired, run.context.owner, *tags)) return true;
    return fail(gone(run, "is somebody else's by now"));
  }
  return false;
}

}  // namespace

Result<void> locate(ApplicationRun& run) {
  auto name = follow_unique_name(run);
  if (!name) return fail(name.error());
  if (name->holder) return learn(run, *name->holder);
  auto candidates = tagged(run);
  if (!candidates) return fail(candidates.error());
  if (candidates->empty()) {
    auto kept = locate_by_earlier_key(run);
    if (!kept) return fail(kept.error());
    if (*kept) return {};
  }
  if (candidates->empty()) return fail(gone(run, "is not there any more"));
  if (candidates->size() > 1) return fail(gone(run, "is there more than once"));
  return learn(run, candidates->front().reference);
}

}  // namespace syncwright
