#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "syncwright/core/diagnostic.h"
#include "syncwright/core/json.h"
#include "syncwright/core/secret_reference.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// What the manifests ask for (PRODUCT.md 3). nullopt = not managed.

enum class Scope { assigned, all };
enum class JobState { started, paused };
enum class Adopt { refuse, never };

[[nodiscard]] const char* to_string(Scope scope);
[[nodiscard]] const char* to_string(JobState state);
[[nodiscard]] const char* to_string(Adopt adopt);

/// One pair of the secrets collection that a manifest sets: a clear text, or a reference.
struct CredentialValue {
  std::string key;  ///< Graph's synchronizationSecret, exact case
  std::variant<std::string, SecretReference> value;
  SourceRange where;
};

struct DesiredCredentials {
  std::optional<std::string> revision;
  bool validate = true;
  std::vector<CredentialValue> values;  ///< sorted by key
  SourceRange where;
};

struct DesiredNotifications {
  std::optional<bool> enabled;
  std::optional<std::string> recipient;
  SourceRange where;
};

/// Graph keeps the threshold as a 32-bit number; the least is 1.
inline constexpr std::int64_t kMaxDeletionThreshold = 2'147'483'647;

struct DesiredDeletions {
  std::optional<std::int64_t> threshold;
  std::optional<bool> skip_out_of_scope;
  SourceRange where;
};

struct DesiredJob {
  std::string key;  ///< "default", a template id, or any key with template/id
  std::optional<std::string>
      template_id;                    ///< nullopt: the default template (key "default") or the key
  std::optional<std::string> job_id;  ///< a live job named by `id:`
  bool absent = false;
  std::optional<JobState> state;
  std::optional<Customization> schema;
  SourceRange where;
  SourceRange state_where;
  SourceRange schema_where;
};

struct DesiredApplication {
  std::string name;
  std::map<std::string, std::string> labels;
  std::string gallery;  ///< display name or id of an application template
  std::string display_name;
  Adopt adopt = Adopt::refuse;
  std::optional<Scope> scope;
  std::optional<DesiredCredentials> credentials;
  std::optional<DesiredNotifications> notifications;
  std::optional<DesiredDeletions> deletions;
  std::vector<DesiredJob> jobs;  ///< sorted by key
  SourceRange where;
  SourceRange gallery_where;
  SourceRange scope_where;
};

enum class SecretsPut { complete, merge };

/// `metadata.name` of an application or project: [a-z0-9][a-z0-9-]{0,62}. Becomes part of tags,
/// unique names and file names.
[[nodiscard]] bool is_manifest_name(std::string_view text);
/// A key under `jobs`: [A-Za-z0-9][A-Za-z0-9._-]{0,127}. Becomes part of change ids and file names.
[[nodiscard]] bool is_job_key(std::string_view text);

/// Everything the manifests of one run say. Immutable once made; applications sorted by name.
struct Desired {
  std::string project = "default";
  std::string environment;               ///< empty without environments
  std::optional<std::string> tenant_id;  ///< the environment's, where it names one
  SecretsPut secrets_put = SecretsPut::complete;
  bool complete = true;  ///< false with a PATH, --only, or an unreadable input
  std::vector<DesiredApplication> applications;

  [[nodiscard]] const DesiredApplication* find(std::string_view name) const;
};

/// Self-contained for a plan file; positions are left out, secrets are references.
[[nodiscard]] Json to_json(const Desired& desired);
[[nodiscard]] Result<Desired> desired_from_json(const Json& json);

/// digest(to_json(desired)): what `manifestDigest` of a plan holds.
[[nodiscard]] std::string manifest_digest(const Desired& desired);

}  // namespace syncwright
