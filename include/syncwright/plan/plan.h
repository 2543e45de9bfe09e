#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/diagnostic.h"
#include "syncwright/core/error.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"
#include "syncwright/plan/changes.h"

namespace syncwright::plan {

/// How a live job fares. The spelling is part of the plan format.
enum class HealthState {
  quarantine,
  failing,
  entry_errors,  ///< "entry-errors"
  paused,
  expired,
  unmanaged,  ///< no manifest names the job, and Health::job is its id
  surplus,    ///< the manifest says absent, and --prune deletes it
};
[[nodiscard]] const char* to_string(HealthState state);
[[nodiscard]] std::optional<HealthState> health_state_from(std::string_view text);

/// What is to be known of a live job. Not a change: nothing in a manifest would mend it.
struct Health {
  std::string application;
  SharedText job;  ///< manifest key
  HealthState state = HealthState::quarantine;
  SharedText message;
  bool is_drift = false;  ///< counts as a difference for `drift` (docs/contract.md#2, exit code 2)
  bool operator==(const Health&) const = default;
};

/// Of applications, but for the last three.
struct PlanSummary {
  int create = 0;
  int update = 0;
  int deleted = 0;  ///< JSON "delete"
  int unchanged = 0;
  int orphaned = 0;
  int changes = 0;
  int blocked = 0;  ///< of `changes`
  int held = 0;     ///< of `changes`
};

/// An application that the project owns and no manifest names, and that the plan leaves alone.
struct PlanOrphan {
  std::string application;
  std::string service_principal_id;
  std::string display_name;
};

/// The guards of docs/contract.md#3, by name. The spelling is part of the plan format; those of the
/// risks are called as the risk is.
enum class Guard {
  deprovision,
  empty_set,  ///< "emptySet"
  expose,
  max_assignment_removals,  ///< "maxAssignmentRemovals"
  max_deletes,              ///< "maxDeletes"
  max_updates_percent,      ///< "maxUpdatesPercent"
};
[[nodiscard]] const char* to_string(Guard guard);
[[nodiscard]] std::optional<Guard> guard_from(std::string_view text);

/// A guard that this plan is over. It does not block any change by itself:
/// `apply` refuses the plan as a whole (exit 3) unless what `acknowledge` names was given.
struct GuardVerdict {
  Guard guard = Guard::max_deletes;
  std::string message;      ///< names the figure and the limit
  std::string acknowledge;  ///< the flag or setting that lets it through: "--max-deletes 3"
  std::int64_t figure = 0;
  std::int64_t limit = 0;
  bool operator==(const GuardVerdict&) const = default;
};

/// Where the planner found an application that is there or that is adopted.
struct LocatedApplication {
  model::LiveReference reference;
  std::vector<std::string> tags;            ///< of the service principal
  std::map<std::string, std::string> jobs;  ///< ids of live jobs by the manifest's key
};

/// So many of them are kept for an apply. It begins fewer before they count no more (kPlanAge of
/// apply/application_run.h), and beyond it looks itself.
inline constexpr std::size_t kMostLocated = 2'000;

/// What has to be done to a tenant so that it is as the manifests say (docs/contract.md#5). A
/// value; equal input gives equal plans but for `created_at`. Holds no secret value.
struct Plan {
  std::string project;
  std::string environment;
  std::string tenant_id;
  Instant created_at;
  std::string manifest_digest;
  bool complete = true;
  PlanSummary summary;
  Changes changes;                   ///< by application name, then in order
  std::vector<PlanOrphan> orphans;   ///< those that are left alone
  std::vector<GuardVerdict> guards;  ///< sorted by name
  std::vector<Health> health;
  std::vector<Diagnostic> diagnostics;  ///< warnings of the manifests and of the planner
  /// The first error that left an application's live state unknown, one that is not a missing
  /// permission before those. Not serialized: the exit code of plan, drift and apply comes from it.
  std::optional<Error> unreadable;
  bool nothing_readable = false;  ///< of no application at all the live state is known
  /// Existing applications that this plan updates, as the guard maxUpdatesPercent counts them. Not
  /// serialized: what --max-updates is held against is counted anew.
  std::int64_t updates = 0;
  /// Applications that are there, sorted by name, with the service principal's object id. Not
  /// serialized: drift finds edits by it.
  std::vector<std::pair<std::string, std::string>> existing;
  /// By application name, of the first kMostLocated that are there and change, where the plan is
  /// made for an apply that follows at once and starts from it (PlanContext::applies). Not
  /// serialized.
  std::map<std::string, LocatedApplication> located;
  /// Ids of the application templates that applications are to be made of, by what manifests call
  /// them (`gallery`). Not serialized.
  std::map<std::string, std::string> gallery_templates;
  /// Bytes of the largest live schema that was read. Not serialized: the larger they are, the fewer
  /// an apply holds at once.
  std::size_t largest_schema = 0;

  [[nodiscard]] bool has_changes() const { return !changes.empty(); }
  [[nodiscard]] std::size_t count(ChangeStatus status) const;
  /// Any change is blocked: nothing of the plan may be applied. A held change does not count: it
  /// waits for a person, and an apply carries out the rest without it.
  [[nodiscard]] bool has_refusals() const;
  [[nodiscard]] const Change* find(std::string_view id) const;
};

/// The part of a plan that one application makes: computed as soon as its live state is read, so
/// that the schema documents need not be kept (docs/architecture.md#decision-13).
struct ApplicationPlan {
  std::string application;
  bool exists = false;  ///< it is there, or its live state is not known
  bool readable =
      true;  ///< false: its live state is not known, so that the whole plan is not complete
  /// An earlier run of this project began to make it and never came to the end: it is no existing
  /// application to a guard that counts in percent (docs/contract.md#4).
  bool unfinished = false;
  std::vector<Change> changes;
  std::vector<Health> health;
  std::vector<Diagnostic> diagnostics;
  Rare<Error> unreadable;            ///< why `readable` is false; see Plan::unreadable
  std::string service_principal_id;  ///< Plan::existing; empty where it is not there
  Rare<LocatedApplication> located;
  std::size_t largest_schema = 0;    ///< Plan::largest_schema
  std::string gallery_template_id;   ///< of the one that is to be created, where there is one
  std::size_t live_assignments = 0;  ///< where the manifest manages them; the guard's whole
};

/// What planning depends on besides one manifest and what was found of it.
struct PlanContext {
  model::Owner owner;
  /// When the tenant is read, so that what is missing of an application is told from what Graph
  /// does not show yet. Left out: every application counts as just created.
  Instant now;
  model::SecretsPut secrets_put = model::SecretsPut::complete;
  bool prune = false;  ///< delete orphans and `absent` jobs
  /// An apply follows at once: what was found of the applications that change is kept for it.
  bool applies = true;
  /// The application that the program itself runs as: never adopted, changed or deleted. Empty
  /// where the token does not tell.
  std::string own_app_id;
  /// Names of all applications of the manifests, sorted: a `previously` must be none of them.
  std::vector<std::string> applications;
  Severities severities;  ///< of the project
};
[[nodiscard]] PlanContext plan_context(const model::Desired& desired);

/// Pure: no clock, no client, no environment.
[[nodiscard]] ApplicationPlan plan_application(const model::DesiredApplication& desired,
                                               const model::Findings& findings,
                                               const PlanContext& context);

/// Puts the parts together: sorted, counted, chained, held against the guards and against each
/// other: one live application is taken over by one manifest. With `context.prune`, and only where
/// the plan is complete, orphans and jobs that are to go are deleted; otherwise they are listed.
[[nodiscard]] Plan assemble_plan(const model::Desired& desired, const std::string& tenant_id,
                                 std::vector<ApplicationPlan> parts,
                                 const std::vector<model::Orphan>& orphans, Instant created_at,
                                 const PlanContext& context);
/// The same with plan_context(desired): nothing is pruned.
[[nodiscard]] Plan assemble_plan(const model::Desired& desired, const std::string& tenant_id,
                                 std::vector<ApplicationPlan> parts,
                                 const std::vector<model::Orphan>& orphans, Instant created_at);

/// The whole at once, for values at hand.
[[nodiscard]] Plan make_plan(const model::Desired& desired, const model::Live& live,
                             Instant created_at, const PlanContext& context);
[[nodiscard]] Plan make_plan(const model::Desired& desired, const model::Live& live,
                             Instant created_at);

}  // namespace syncwright::plan
