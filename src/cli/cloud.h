#pragma once

#include <string>

namespace syncwright::cli {

/// The two hosts of a national cloud, as Microsoft's page of Graph's national cloud deployments
/// lists them (microsoft-graph-docs-contrib, concepts/deployments.md; the Graph hosts also
/// docs/graph.md#1).
struct Cloud {
  std::string graph;      ///< root URL of Microsoft Graph (docs/graph.md#1)
  std::string authority;  ///< of the token endpoint
};

/// By the word that `cloud:` of an environment has; empty: the global one.
[[nodiscard]] Cloud cloud_named(const std::string& name);

}  // namespace syncwright::cli
