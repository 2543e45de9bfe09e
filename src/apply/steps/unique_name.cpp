#include "apply/steps/unique_name.h"

#include <fmt/format.h>

namespace syncwright {

/// The unique name is what makes one application of a manifest's name, whoever runs at the same
/// time: the server lets one holder have it (docs/architecture.md#life-of-an-application). What
/// makes it hard is that it cannot be had back. It is set once and stays, a deleted application
/// keeps it until it is purged, and who looks it up by key is not told of deleted holders
/// (docs/graph.md#5.2). So a second application of the same name takes the next link of a chain,
/// and every run has to walk the same chain to the same end: of several deleted holders of one link
/// all runs take the one of the lowest id. A run that took another would claim another name, and
/// both would be granted: two applications, each with everybody in it.

namespace {

constexpr int kLongestChain = 16;

/// One link: who holds that name, if anybody who lives.
Result<UniqueName> look_up(const ApplicationRun& run, std::string name) {
  auto holder = run.reader().application_by_unique_name(name, run.in_flight());
  if (!holder) return fail(holder.error());
  return UniqueName{std::move(name), std::move(*holder)};
}

Result<SharedReads::Deleted> list_deleted(const ApplicationRun& run, DeletedList which) {
  if (which == DeletedList::shared) return run.apply.shared.deleted_holders(run.in_flight());
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

Result<UniqueName> follow_unique_name(const ApplicationRun& run, DeletedList which) {
  const Owner& owner = run.apply.owner;
  auto found = look_up(run, owner.unique_name(run.desired.name));
  for (int link = 0; found && link < kLongestChain; ++link) {
    if (found->holder) return found;
    const auto deleted = list_deleted(run, which);
    if (!deleted) return fail(deleted.error());
    const LiveReference* first = first_holder(**deleted, found->name);
    if (first == nullptr) return found;
    found = look_up(run, owner.unique_name_after(found->name, first->application_id));
  }
  if (!found) return found;
  return fail(ErrorKind::rejected,
              fmt::format("{} soft-deleted applications hold the name {} one after the other",
                          kLongestChain, owner.unique_name(run.desired.name)),
              "Purge them under directory/deletedItems.");
}

}  // namespace syncwright
