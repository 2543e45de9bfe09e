#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace syncwright::model {

/// The keys of Graph's enum synchronizationSecret (docs/graph.md#10.3), in its order and exact
/// case, without `None`, which names nothing.
[[nodiscard]] const std::vector<std::string>& secret_keys();

/// Whether Graph knows the key. Case counts: it answers another one with a server error
/// (docs/graph.md#13.10).
[[nodiscard]] bool is_secret_key(std::string_view key);

/// What Graph shows in place of a secret. Sent back, it would be stored as the secret
/// (docs/graph.md#14).
inline constexpr std::string_view kMaskedValue = "*";

/// Whether Graph reads the key's value back as "*". Attested for Password, SecretToken,
/// ClientSecret and Oauth2AccessToken (docs/graph.md#5.7); [G] for the other tokens, secrets and
/// connection strings. A manifest must give such a key as a reference, a plan shows no value of it.
[[nodiscard]] bool is_masked_secret_key(std::string_view key);

/// The manifest setting that a key stands for, where it has one of its own: "spec.scope" for
/// SyncAll, "spec.notifications and spec.deletions.threshold" for SyncNotificationSettings,
/// "spec.deletions.skipOutOfScope" for SkipOutOfScopeDeletions; empty for every other key.
[[nodiscard]] std::string_view typed_setting_of(std::string_view key);

}  // namespace syncwright::model
