#pragma once

#include <optional>
#include <string>

#include "apply/application_run.h"

namespace syncwright::apply {

/// Who holds the unique name of an application of a project, and which name is to be claimed where
/// nobody does. A name that a soft-deleted application still holds (up to 30 days, [G]) is followed
/// by ".../after-ID" of that holder, and so on: one chain, the same for every run
/// (docs/contract.md#4).
struct UniqueName {
  std::string name;                            ///< the end of the chain: held by `holder`, or free
  std::optional<model::LiveReference> holder;  ///< a live application
};

/// Where the deleted applications of the chain are from: the list that all applications of the run
/// share, or, once a claim met a holder that it does not name, a list of their own.
enum class DeletedList { shared, fresh };

/// The whole chain, one lookup by key a link. ErrorKind::rejected where the chain is longer than
/// anybody would delete.
[[nodiscard]] Result<UniqueName> follow_unique_name(const ApplicationRun& run,
                                                    DeletedList deleted = DeletedList::shared);

/// Makes `run.reference` the one application of its name for all runs: gives it the unique name and
/// the real display name in one PATCH, waiting while it is young, and reads it back by id and by
/// key. Where another run was faster, the application that won is the run's afterwards, and ours is
/// deleted if, and only if, `run.made_here`: our own 201 named it (docs/contract.md#4, "Exactly
/// once"). `name` is what `follow_unique_name` found last.
[[nodiscard]] Result<void> claim(ApplicationRun& run, UniqueName name);

}  // namespace syncwright::apply
