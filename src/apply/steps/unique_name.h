#pragma once

#include <optional>
#include <string>

#include "apply/application_run.h"

namespace syncwright::apply {

/// Who holds the unique name of an application of a project, and which name is to be claimed where
/// nobody does: the end of its chain (model/unique_names.h), the same for every run.
struct UniqueName {
  std::string name;                            ///< the end of the chain: held by `holder`, or free
  std::optional<model::LiveReference> holder;  ///< a live application
};

/// The whole chain, one lookup by key a link. `lists`: shared, until a claim met a holder that the
/// shared list of deleted applications does not name.
[[nodiscard]] Result<UniqueName> follow_unique_name(const ApplicationRun& run,
                                                    ListAge lists = ListAge::shared);

/// The same chain from another name on: one that the application may have from before.
[[nodiscard]] Result<UniqueName> follow_unique_name(const ApplicationRun& run, std::string name);

/// The same, without asking again where the plan showed a moment ago that nobody holds the name.
/// Who took it since wins the claim.
[[nodiscard]] Result<UniqueName> follow_free_name(const ApplicationRun& run);

/// Makes `run.reference` the one application of its name for all runs: gives it the unique name and
/// the real display name in one PATCH, waiting while it is young, and reads it back by key, where
/// all runs look. Where another run was faster, the application that won is the run's afterwards,
/// and ours is deleted if, and only if, `run.made_here`: our own 201 named it (docs/contract.md#4,
/// "Exactly once"). `name` is what `follow_unique_name` found last.
[[nodiscard]] Result<void> claim(ApplicationRun& run, UniqueName name);

}  // namespace syncwright::apply
