#pragma once

#include <map>
#include <optional>
#include <string>

#include "syncwright/core/error.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"
#include "syncwright/plan/plan.h"

namespace syncwright::plan {

/// How a live application came to be the one that a manifest means.
enum class Ownership {
  owned,    ///< by its tags
  claimed,  ///< by its unique name: a killed run's, or somebody took its tags off
  adopted,  ///< by `lifecycle.adopt` or `lifecycle.previously`
};

/// Which live application a manifest means (docs/contract.md#4). plan, apply, drift, status, logs,
/// job and provision ask this one decision, so that none of them calls missing what another one
/// changes.
struct MeantApplication {
  /// Lives in the findings. nullptr: there is none, or `refusal` says why none may be chosen.
  const model::LiveApplication* live = nullptr;
  Ownership ownership = Ownership::owned;
  /// Whether it says of itself, by tags or unique name, to be this application; also where several
  /// do and `live` is nullptr.
  bool claims = false;
  std::string reason;  ///< one sentence: why it is the one; of an adopted one alone
  /// Nothing is done to `live`; without it nothing is created either. A foreign owner, another
  /// template, two candidates: refused, never guessed.
  std::optional<Refusal> refusal;
};

/// Of one application by itself. `findings` must be readable.
[[nodiscard]] MeantApplication meant_application(const model::DesiredApplication& desired,
                                                 const model::Findings& findings,
                                                 const PlanContext& context);

/// The one that commands may show and work on; nullptr where there is none, where none may be
/// chosen, or where its service principal is not there.
[[nodiscard]] const model::LiveApplication* usable_application(const MeantApplication& meant);

/// Of every application that was read, by name, the unreadable ones left out. One live application
/// has one manifest: where several take over the same one, each of them is refused. The pointers
/// are into `live`.
[[nodiscard]] std::map<std::string, MeantApplication> meant_applications(
    const model::Desired& desired, const model::Live& live, const PlanContext& context);

/// The manifests with no more than the jobs by their keys: what is read to show them and to work on
/// them. Settings, credentials, assignments and schemas are left out.
[[nodiscard]] model::Desired only_jobs(model::Desired desired);

/// The manifests' applications as the tenant holds them, and which of them each manifest means:
/// what status, logs, job and provision need. Moved, never copied, since it points into itself.
class LiveApplications {
 public:
  /// `desired`: all manifests, also those that a run was narrowed down from: what one application
  /// means hangs on what the others do. `live`: read for them, or for only_jobs of them.
  LiveApplications(const model::Desired& desired, model::Live live, const PlanContext& context);
  LiveApplications(LiveApplications&&) = default;
  LiveApplications& operator=(LiveApplications&&) = default;

  [[nodiscard]] const model::Live& live() const { return live_; }
  /// By the manifest's name; what is unreadable has none.
  [[nodiscard]] const MeantApplication& meant(const std::string& name) const {
    return meant_.at(name);
  }
  /// usable_application of the one of that name.
  [[nodiscard]] const model::LiveApplication* find(const std::string& name) const;
  /// The same. ErrorKind::invalid_input where there is none, guard where a plan would refuse it.
  [[nodiscard]] Result<const model::LiveApplication*> require(const std::string& name) const;

 private:
  model::Live live_;
  std::map<std::string, MeantApplication> meant_;  ///< points into `live_`
};

}  // namespace syncwright::plan
