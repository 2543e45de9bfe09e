#pragma once

#include <string>
#include <vector>

#include "apply/steps/secrets.h"
#include "syncwright/core/rare.h"
#include "syncwright/model/desired.h"
#include "syncwright/plan/plan.h"

namespace syncwright::apply {

/// What is to be done about one application name, in the plan's order: the changes of the
/// application that a manifest describes, and the deletions of those that no manifest means any
/// more (an orphan, or a creation that lost the race for its name).
struct ApplicationChanges {
  const std::vector<plan::Change>* changes = nullptr;  ///< of the plan, which outlives them
  const model::DesiredApplication* desired = nullptr;  ///< nullptr: there is nothing but deletions
  Rare<SecretValues> secrets;

  [[nodiscard]] const std::string& application() const { return changes->front().application; }
  /// All but the held ones, which are a person's to decide.
  [[nodiscard]] std::vector<const plan::Change*> due() const;
};

/// The plan's changes by application, in the order in which the plan names them; without
/// applications of which nothing is due. ErrorKind::invalid_input where a change speaks of an
/// application, a job or a schema that the manifests do not describe: plan files come from outside.
[[nodiscard]] Result<std::vector<ApplicationChanges>> changes_by_application(
    const plan::Plan& plan, const model::Desired& desired);

/// Whether the change sends secret values, which are resolved before the first write.
[[nodiscard]] bool needs_secrets(const plan::Change& change);

}  // namespace syncwright::apply
