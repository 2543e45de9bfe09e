#pragma once

#include <string>
#include <utility>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/plan/change.h"
#include "syncwright/schema/schema_diff.h"

namespace syncwright::plan {

/// What the one PUT of the secrets collection has to carry (docs/contract.md#5, credentials.save).
/// Planner and executor call the same function, the executor on freshly read secrets.
struct SecretsTarget {
  bool differs = false;  ///< a PUT is needed
  /// Keys with clear values, masked ones by presence; never a secret. Where something differs, also
  /// the secrets that are sent again with it: `after` has "sentAgain" and where each comes from.
  std::vector<schema::FieldChange> fields;
  std::vector<SentKey> sends;  ///< `clear` and `references`, by key
  std::vector<std::pair<std::string, std::string>>
      clear;  ///< to send: live clear keys, typed settings over them
  std::vector<model::CredentialValue> references;  ///< to resolve and send
  std::vector<std::string>
      unreferenced;  ///< live masked keys without a reference: they block a complete PUT
  /// The same under guards.secretsPut: merge. What they hold is known to the tenant alone, so that
  /// no credentials can be tried together with them.
  std::vector<std::string> kept;
  bool narrows_scope = false;  ///< SyncAll goes from true to assigned (docs/graph.md#13.19)
  bool saves_credentials =
      false;  ///< a credential is new or has another value or revision; settings are none
};

/// `live_tags` tell the revision last saved. An absent SyncAll counts as assigned [G].
[[nodiscard]] SecretsTarget secrets_target(const model::DesiredApplication& desired,
                                           const std::vector<model::LiveSecret>& live,
                                           const std::vector<std::string>& live_tags,
                                           model::SecretsPut mode);

/// What to do about a job whose credentials the target refuses, with the manifest's line; empty
/// where its quarantine or its last cycle says nothing of credentials.
[[nodiscard]] std::string credentials_advice(const model::DesiredApplication& desired,
                                             const model::LiveJob& live);

}  // namespace syncwright::plan
