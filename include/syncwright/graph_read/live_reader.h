#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// One application's requests go one after another, so that with as many applications as requests
/// in flight the window runs empty while the last few end. With twice as many one always has
/// something to send; a second request at a time is never sent for somebody who wants one at a
/// time.
[[nodiscard]] std::size_t applications_under_way(int parallelism);

/// How a tenant is read.
struct ReadOptions {
  int parallelism = 32;  ///< requests in flight; twice as many applications are under way
  /// Called when an application is read; empty: nobody listens.
  std::function<void(std::size_t done, std::size_t total)> on_progress;
};

/// What a read of a whole tenant leaves: the tenant's id and the orphans.
struct ReadSummary {
  std::string tenant_id;
  std::vector<model::Orphan> orphans;
};

/// Finds every application of `desired` and reads what its manifest manages, in parallel, in at
/// most: pages of the tag query + 2 prefix queries (the one of applications asks for the manifests'
/// display names as well: 1 more for each 15 applications after the first 14) + 3 requests per live
/// application (jobs; secrets and schema where they are managed) + 1 for all gallery names + 2 per
/// application that is to be created (uniqueName, same-name neighbours); and the templates of an
/// application with several jobs under key `default`; 2 per live application whose manifest has
/// assignments (roles, who is assigned), and 1 for each user, group or service principal that any
/// manifest names. A project with earlier names costs one tag query for each, and for each
/// application that neither tags nor its own key give away one lookup by key. Beyond that, and only
/// where lists lag (docs/graph.md#6): an application missing from the tag list is looked up by key
/// (2), one whose listed name or tags differ from its manifest is read again by id (1) before
/// anybody believes the difference; so is the application object of one whose own name is not
/// listed. A gallery template named by id costs one request. Of more applications than
/// `parallelism`, jobs and secrets, roles and who is assigned, and key and neighbours of one are
/// one request, a batch (graph_read/read_ahead.h). `visit` gets each application's findings as soon
/// as they are complete, on a reading thread, one call at a time and in no fixed order; what it
/// does not keep is released (docs/architecture.md#decision-13); `on_progress` is called under the
/// same lock. A failure of one application is in its Findings; what concerns all (token, tag query,
/// cancelled) is the Result: then not every application was visited.
[[nodiscard]] Result<ReadSummary> read_live(
    GraphReader& reader, GraphConnection& connection, const model::Desired& desired,
    const ReadOptions& options,
    const std::function<void(const model::DesiredApplication&, model::Findings)>& visit,
    const std::stop_token& stop);

}  // namespace syncwright::graph_read
