#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/http/transport.h"

namespace syncwright {

/// What one part of syncwright needs of Graph (API.md 5).
struct FeaturePermission {
  std::string_view feature;             ///< "read applications": for whoami
  std::vector<std::string_view> roles;  ///< any one suffices; the least privileged first
  std::string_view needed_for;          ///< the commands that lack it otherwise
};

/// Every feature of this release, in the order in which a first user meets them.
[[nodiscard]] std::span<const FeaturePermission> feature_permissions();

/// The permission behind a request, by its whole URL or its path. nullptr: any valid token
/// suffices, or syncwright never makes that request.
[[nodiscard]] const FeaturePermission* permission_for(HttpMethod method, std::string_view url);

/// Whether a token with these application roles (or delegated scopes) may use the feature. Says
/// nothing about directory roles, which delegated tokens need beside.
[[nodiscard]] bool grants(const FeaturePermission& permission,
                          const std::vector<std::string>& roles);

}  // namespace syncwright
