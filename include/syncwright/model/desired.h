#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/diagnostic_catalog.h"
#include "syncwright/core/json.h"
#include "syncwright/core/rare.h"
#include "syncwright/core/secret_reference.h"
#include "syncwright/core/shared_text.h"
#include "syncwright/core/streamed_object.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::model {

// What the manifests ask for (docs/contract.md#3), a struct for each part. In all of them a member
// that is nullopt is not managed and stays as it is live. `where` is the part's place in the
// manifest, of line 0 for one that was read from a plan file.

/// Who is provisioned: people who are assigned to the application, or everybody.
enum class Scope { assigned, all };
enum class JobState { started, paused };
[[nodiscard]] const char* to_string(Scope scope);
[[nodiscard]] const char* to_string(JobState state);

/// What to do about a live application that this project does not own yet (`lifecycle.adopt`).
struct Adopt {
  enum class Mode {
    refuse,             ///< one of the same template and display name blocks the plan
    never,              ///< it is left alone, another one is created
    by_name,            ///< the only one of the same template and display name is taken over
    service_principal,  ///< the one with the object id `id`
    app_id,             ///< the one with the appId `id`
  };
  Mode mode = Mode::refuse;
  Rare<std::string> id;     ///< of the last two
  Rare<SourceRange> where;  ///< empty where the manifest does not say
};

/// A user, group or service principal with a role of the application.
struct DesiredMember {
  enum class Type { user, group, service_principal };
  Type type = Type::user;
  std::string principal;            ///< id, UPN (users) or display name
  std::optional<std::string> role;  ///< value or display name; nullopt: docs/graph.md#5.3's default
  bool absent = false;
  SourceRange where;
};
[[nodiscard]] const char* to_string(DesiredMember::Type type);  ///< user, group, servicePrincipal

/// Who has which role of the application.
struct DesiredAssignments {
  enum class Mode {
    additive,  ///< assignments that no member names stay
    exact,     ///< they go
  };
  Mode mode = Mode::additive;
  std::vector<DesiredMember> members;  ///< in the manifest's order; a pair occurs once
  SourceRange where;
};

/// One pair of the secrets collection that a manifest sets: a clear text, or a reference.
struct CredentialValue {
  std::string key;  ///< Graph's synchronizationSecret, exact case
  std::variant<std::string, SecretReference> value;
  SourceRange where;
};

/// What the job signs in to the target system with.
struct DesiredCredentials {
  /// Saved again when this text changes; nullopt: only when a value in clear differs.
  std::optional<std::string> revision;
  bool validate = true;  ///< whether they are tried on the target before they are saved
  std::vector<CredentialValue> values;  ///< sorted by key
  SourceRange where;
};

/// Mails about quarantine and failures.
struct DesiredNotifications {
  std::optional<bool> enabled;
  std::optional<std::string> recipient;  ///< one mail address
  SourceRange where;
};

/// Graph keeps the threshold as a 32-bit number; the least is 1.
inline constexpr std::int64_t kMaxDeletionThreshold = 2'147'483'647;

/// What a cycle may delete.
struct DesiredDeletions {
  std::optional<std::int64_t> threshold;  ///< deletions in one cycle, from which on the job stops
  std::optional<bool> skip_out_of_scope;  ///< whether accounts stay that leave the scope
  SourceRange where;
};

/// A whole schema document that a manifest puts beneath its customization (`schema: {file: ...}`).
/// Its ids are those of the job it was exported from (schema/rebase.h).
struct BaseSchema {
  std::string file;  ///< as the manifest names it
  std::shared_ptr<const schema::SynchronizationSchema> document;
};

/// One synchronization job of an application.
struct DesiredJob {
  std::string key;                ///< "default", a template id, or any key with template/id
  Rare<std::string> template_id;  ///< empty: the default template (key "default") or the key
  Rare<std::string> job_id;       ///< a live job named by `id:`
  bool absent = false;  ///< the job must not be there; `state` and `schema` are nullopt then
  std::optional<JobState> state;
  Rare<BaseSchema> base_schema;
  std::optional<schema::Customization> schema;  ///< there where `base_schema` is
  SourceRange where;                            ///< of its key
  Rare<SourceRange> state_where;                ///< of the value
  SourceRange schema_where;                     ///< of the value; `where` without one
};

using Labels = std::map<std::string, std::string>;

/// One application: a document of kind Application, or a row of an ApplicationSet.
struct DesiredApplication {
  std::string name;     ///< metadata.name, unique in the project
  Rare<Labels> labels;  ///< what --selector asks for; never sent
  SharedText gallery;   ///< display name or id of an application template
  std::string display_name;
  Rare<std::string> notes;  ///< empty: as they are live
  Adopt adopt;
  /// Refuse to delete, also once the manifest is gone (a tag); nullopt: as it is live.
  std::optional<bool> protect;
  std::vector<std::string> previously;  ///< earlier values of `name`
  Rare<DesiredAssignments> assignments;
  std::optional<Scope> scope;
  Rare<DesiredCredentials> credentials;
  Rare<DesiredNotifications> notifications;
  Rare<DesiredDeletions> deletions;
  std::vector<DesiredJob> jobs;  ///< sorted by key
  SourceRange where;
  SourceRange gallery_where;
  Rare<SourceRange> scope_where;  ///< of the value
  /// The row that generated it: file and line of a CSV, YAML or JSON file or of `forEach`; empty
  /// where a manifest describes it alone. `where` and its like point into the template then.
  Rare<SourceRange> row;
};

/// Where a name comes from: the row that made it, else the manifest.
[[nodiscard]] const SourceRange& origin_of(const DesiredApplication& application);

/// What the PUT of the secrets has of masked keys without a reference: complete refuses to save,
/// merge leaves them as they are and does not try the credentials (docs/contract.md#5).
enum class SecretsPut { complete, merge };

/// How much a plan may do at once before somebody has to say so (docs/contract.md#3, guards). The
/// percentages count from `floor` existing applications (assignments) on.
struct Guards {
  std::int64_t max_deletes = 0;                       ///< changes that delete
  std::int64_t max_updates_percent = 30;              ///< of the existing applications
  std::int64_t max_assignment_removals_percent = 25;  ///< of the existing assignments
  std::int64_t max_assignment_removals_count = 10;    ///< in all applications
  std::int64_t floor = 10;                            ///< with fewer, no percentage is asked
  SecretsPut secrets_put = SecretsPut::complete;
};

/// `metadata.name` of an application or project: [a-z0-9][a-z0-9-]{0,62}. Becomes part of tags,
/// unique names and file names.
[[nodiscard]] bool is_manifest_name(std::string_view text);
/// A key under `jobs`: [A-Za-z0-9][A-Za-z0-9._-]{0,127}. Becomes part of change ids and file names.
[[nodiscard]] bool is_job_key(std::string_view text);
/// One address, as `notifications.recipient` takes it.
[[nodiscard]] bool is_mail_address(std::string_view text);

/// The name of a project without a name. Every folder without syncwright.yaml is this one project,
/// so only commands that read accept it: `apply` wants a name that a person chose.
inline constexpr const char* kUnnamedProject = "default";

/// Everything the manifests of one run say. Immutable once made; applications sorted by name.
struct Desired {
  std::string project = kUnnamedProject;
  std::vector<std::string> previously;   ///< earlier values of `project`, each once
  std::string environment;               ///< empty without environments
  std::optional<std::string> tenant_id;  ///< the environment's, where it names one
  std::string cloud;                     ///< the environment's national cloud; empty: global
  std::vector<std::string> writers;      ///< whose edits are not foreign: appIds, UPNs, object ids
  Guards guards;
  /// What loading found has these severities already; what planning finds takes them as well. Not
  /// part of a plan file, which holds the findings themselves.
  Severities severities;
  bool complete = true;  ///< false with a PATH, --only, --selector, or an unreadable input
  /// `from` files and `forEach` lists without rows: with no application at all, what --allow-empty
  /// lets through.
  std::vector<SourceRange> empty_sets;
  std::vector<DesiredApplication> applications;

  [[nodiscard]] const DesiredApplication* find(std::string_view name) const;
};

/// Self-contained for a plan file; positions are left out, secrets are references. Refers to
/// `desired`.
[[nodiscard]] StreamedObject document_of(const Desired& desired);
[[nodiscard]] Result<Desired> desired_from_json(const Json& json);

/// The digest of its document: what `manifestDigest` of a plan holds.
[[nodiscard]] std::string manifest_digest(const Desired& desired);

/// What the tag kAppliedTag holds: 32 hexadecimal digits of digest(one application's JSON). Tells
/// drift whether the manifest changed since it was last applied (docs/contract.md#5).
[[nodiscard]] std::string applied_digest(const DesiredApplication& application);

}  // namespace syncwright::model
