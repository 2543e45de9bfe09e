#pragma once

#include <cstddef>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "graph_read/listed_principal.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/model/ownership.h"

namespace syncwright::graph_read {

/// Something created under the pending display name of `application` (docs/contract.md#4, exactly
/// once).
struct PendingCreation {
  std::string application;
  model::LiveReference reference;
  /// False: only its service principal still has the pending name, the application was claimed.
  bool unclaimed = false;
};

/// What the queries that serve every application of a run answer. Lists lag behind writes (
/// docs/graph.md#6).
struct TenantLists {
  using ByName = std::map<std::string, std::vector<ListedPrincipal>>;

  /// By the name in `syncwright-app:`, of the manifests' names. An entry is its own manifest's
  /// alone, whose reader takes it (docs/architecture.md#decision-13). Where the application object
  /// is listed with a display name of the manifests, it is joined.
  ByName tagged;
  /// Likewise, of all other names; under "" where an owner tag stands alone.
  ByName tagged_elsewhere;
  /// Likewise, of the project's earlier names.
  ByName tagged_earlier;
  std::vector<PendingCreation> pending;
  std::vector<model::GalleryTemplate> gallery;
  /// Display names that begin as those of the manifests which the gallery does not have.
  std::vector<std::string> near_galleries;
};

/// The tag query, one more for each earlier name of the project, two prefix queries (that of the
/// applications asks for the names of the manifests as well) and the gallery, side by side.
[[nodiscard]] Result<TenantLists> read_tenant_lists(GraphReader& reader,
                                                    const model::Desired& desired,
                                                    std::size_t threads,
                                                    const std::stop_token& stop);

}  // namespace syncwright::graph_read
