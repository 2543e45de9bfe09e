#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::model {

/// How long after its creation an object may not show everywhere yet (docs/contract.md#5,
/// docs/graph.md#6).
inline constexpr Milliseconds kSettleWindow{900'000};

// What the tenant holds, as far as the manifests need it, a struct for each of Graph's resources.
// Immutable once read. A text that Graph leaves out or sends as null is empty; times are RFC 3339,
// as Graph writes them.

/// One pair of the secrets collection of a service principal.
struct LiveSecret {
  std::string key;    ///< Graph's synchronizationSecret
  std::string value;  ///< "*" where Graph masks it (docs/graph.md#5.7)
  [[nodiscard]] bool is_masked() const { return value == "*"; }
};

/// Why the engine has put a job aside (docs/graph.md#8.2).
struct LiveQuarantine {
  std::string reason;  ///< Graph's quarantineReason: TooManyDeletes, ...
  std::string error_code;
  std::string error_message;
  std::string current_began;
  std::string next_attempt;       ///< empty: none is planned
  std::int64_t series_count = 0;  ///< attempts in the unbroken series
};

/// The last cycle of a job. Counts are of objects.
struct LiveExecution {
  std::string state;  ///< Succeeded, Failed, EntryLevelErrors
  std::string error_code;
  std::string error_message;
  std::string time_began;
  std::string time_ended;
  std::int64_t count_entitled = 0;
  std::int64_t count_imported = 0;
  std::int64_t count_exported = 0;
  std::int64_t count_escrowed = 0;
  /// The placeholder of a job that never ran reads Failed with code "None" (docs/graph.md#13.15).
  [[nodiscard]] bool is_placeholder() const;
};

/// A synchronization job of a service principal, and its status.
struct LiveJob {
  std::string id;
  std::string template_id;        ///< empty where Graph does not say
  std::string schedule_state;     ///< Active, Disabled, Paused
  std::string schedule_interval;  ///< an ISO 8601 duration: "PT40M"
  std::string status_code;        ///< NotConfigured, NotRun, Active, Paused, Quarantine
  std::optional<LiveQuarantine> quarantine;
  std::optional<LiveExecution> last_execution;
  std::string last_successful_end;                           ///< empty: never
  std::string steady_state_since;                            ///< empty: never
  std::map<std::string, std::int64_t> synchronized_entries;  ///< by "User to User"
  /// Read where a manifest manages this job's schema; dropped as soon as it is planned.
  std::optional<schema::SynchronizationSchema> schema;

  [[nodiscard]] bool is_started() const { return schedule_state == "Active"; }
  /// Whether the engine has put the job aside (docs/graph.md#8.2).
  [[nodiscard]] bool is_quarantined() const;
  /// Whether it did so because a cycle was about to delete too many objects: a person decides then.
  [[nodiscard]] bool is_quarantined_for_deletes() const;
  /// Whether its quarantine, or its last cycle where that failed, is for credentials that the
  /// target refuses.
  [[nodiscard]] bool has_refused_credentials() const;
  /// Whether a cycle ever ran or may be running: a change of scope can then deprovision.
  [[nodiscard]] bool may_have_provisioned() const;
};

/// The identity of an application and its service principal.
struct LiveReference {
  std::string application_id;  ///< object id of the application; empty where only the SP was read
  std::string service_principal_id;  ///< object id; empty where it was not found (yet)
  std::string app_id;
  std::string display_name;
  std::string created;  ///< createdDateTime of the application, empty where unknown
  std::string unique_name;
  /// Of the application object, where that was read; empty: unknown. The two names change apart
  /// (docs/graph.md#15).
  std::string application_display_name = {};
  std::string notes = {};  ///< of the service principal; empty where it has none
};

/// A role that the service principal defines (docs/graph.md#5.3).
struct LiveAppRole {
  std::string id;
  std::string value;  ///< empty where it has none
  std::string display_name;
  bool enabled = true;
  std::vector<std::string> allowed_member_types;  ///< "User" (groups too), "Application"
};

/// One appRoleAssignedTo entry of the service principal.
struct LiveAssignment {
  std::string id;
  std::string principal_id;
  std::string principal_type;  ///< User, Group, ServicePrincipal
  std::string principal_name;
  std::string app_role_id;  ///< the zero GUID: default access
};

/// One application of the tenant with its service principal.
struct LiveApplication {
  LiveReference reference;
  /// Where no service principal was found: whether it is among the deleted ones. false: a new one
  /// may not show yet.
  bool principal_deleted = false;
  std::string application_template_id;
  std::vector<std::string> tags;
  std::vector<LiveSecret> secrets;  ///< sorted by key
  std::vector<LiveJob> jobs;        ///< sorted by id
  /// Template ids of the service principal, the default one first; read only to choose among
  /// several jobs under key `default`, and where a job is to be made. Empty also where they are not
  /// listed yet.
  std::vector<std::string> template_ids;
  std::vector<LiveAppRole> app_roles;       ///< read where the manifest manages assignments
  std::vector<LiveAssignment> assignments;  ///< likewise; sorted by principal and role
};

/// A gallery application (docs/graph.md#5.1).
struct GalleryTemplate {
  std::string id;
  std::string display_name;
  std::string publisher;
  bool supports_provisioning = true;
  std::vector<std::string> categories;
};

/// A user, group or service principal that a manifest's assignment may mean.
struct LivePrincipal {
  std::string id;
  std::string display_name;
  std::string user_principal_name;  ///< of users
};

/// All that was found about one application of the manifests. The planner decides what it means.
struct Findings {
  std::vector<GalleryTemplate> gallery;  ///< templates whose display name or id is the manifest's
  std::string near_gallery;              ///< where there is none: what was probably meant, or empty
  std::vector<LiveApplication> owned;    ///< carry this project's tag and this application's
  std::optional<LiveApplication>
      claimed;  ///< holds the uniqueName but lacks the tags: a killed run's
  /// Nobody holds its unique name, no soft-deleted application either; false too where that is not
  /// known.
  bool name_is_free = false;
  std::vector<LiveReference> unclaimed;  ///< created under the pending display name, never claimed
  std::vector<LiveApplication>
      neighbours;  ///< same display name and template, not this application's
  /// The one that `adopt` names by id or appId, or that carries the application tag of a
  /// `previously` name; nullopt where there is none or it is `owned` already.
  std::optional<LiveApplication> adoptable;
  /// Where several carry the tag of a `previously` name: none of them is `adoptable`.
  std::vector<LiveReference> renamed;
  /// Who the manifest's members are, by DesiredMember's position: one is right, none is unknown,
  /// several are ambiguous. As long as `assignments.members`, where the manifest has any.
  std::vector<std::vector<LivePrincipal>> principals;
  std::optional<Error> unreadable;  ///< reading this application failed: nothing is planned for it
};

/// A service principal of this project that no manifest names, or an unclaimed creation that lost.
struct Orphan {
  std::string application;  ///< the name in its tag, or the pending display name's
  LiveReference reference;
  std::vector<std::string> tags;             ///< a protected one is not pruned
  std::string application_template_id = {};  ///< empty where it was not read, or has none
};

/// One property as an audit log entry has it, plain text and bounded.
struct LiveModification {
  std::string property;
  std::string before;  ///< both empty where the log does not tell, or where it may be a secret
  std::string after;
  bool operator==(const LiveModification&) const = default;
};

/// One edit of directoryAudits (docs/graph.md#5.11): who changed what, when.
struct LiveEdit {
  std::string service_principal_id;  ///< of the application it was made to
  std::string activity;              ///< activityDisplayName
  std::string by;                    ///< a UPN, or an application's display name
  std::string by_id;                 ///< object id of the user, appId of the application
  std::string at;                    ///< RFC 3339
  /// What it modified, in small letters as the log names it; empty where the log does not tell.
  std::vector<std::string> properties;
  bool applied = false;                         ///< wrote kAppliedTag: the last step of an apply
  std::vector<LiveModification> modified = {};  ///< the first few of `properties`, with values
  bool operator==(const LiveEdit&) const = default;
};

/// One tenant, read at one time.
struct Live {
  std::string tenant_id;                     ///< of the token, empty where it cannot be read
  std::map<std::string, Findings> findings;  ///< by application name
  std::vector<Orphan> orphans;               ///< sorted; empty where the input was not complete
};

}  // namespace syncwright::model
