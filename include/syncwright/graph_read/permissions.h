#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/graph_read/token_source.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// What one part of syncwright needs of Graph (docs/graph.md#5).
struct FeaturePermission {
  std::string_view feature;             ///< "read applications": for whoami
  std::vector<std::string_view> roles;  ///< any one suffices; the least privileged first
  std::string_view needed_for;          ///< the commands that lack it otherwise
};

/// Every feature of this release, in the order in which a first user meets them.
[[nodiscard]] std::span<const FeaturePermission> feature_permissions();

/// The permission behind a request, by its whole URL or its path. nullptr: any valid token
/// suffices, or syncwright never makes that request.
[[nodiscard]] const FeaturePermission* permission_for(http::HttpMethod method,
                                                      std::string_view url);

/// Whether a token with these application roles (or delegated scopes) may use the feature. Says
/// nothing about directory roles, which delegated tokens need beside.
[[nodiscard]] bool grants(const FeaturePermission& permission,
                          const std::vector<std::string>& roles);

/// The permissions of the feature that a refused token might still be given; never one that it has.
/// Beside Application.ReadWrite.OwnedBy, which reaches only what the same identity created, the
/// others; beside any other one, none: a permission is not what is missing then. nullopt for an
/// opaque token: all of them.
[[nodiscard]] std::vector<std::string_view> missing_permissions(
    const FeaturePermission& permission, const std::optional<TokenClaims>& token);

/// What to do about a refusal of a request that needs the feature: the permissions to grant, or
/// why granting more would not help.
[[nodiscard]] std::string permission_advice(const FeaturePermission& permission,
                                            const std::optional<TokenClaims>& token);

}  // namespace syncwright::graph_read
