#include "graph_read/application_door.h"

#include "syncwright/core/worker_pool.h"

namespace syncwright::graph_read {

void ApplicationDoor::read_together(const std::vector<Read>& reads) {
  if (!shares_batches_) {
    run_parallel(reads.size(), parallelism_, [&reads](std::size_t at) { reads[at].run(); });
    return;
  }
  std::vector<std::string> followers;
  for (std::size_t at = 1; at < reads.size(); ++at) {
    if (!reads[at].path.empty()) followers.push_back(reads[at].path);
  }
  ahead_.announce(std::move(followers));
  for (const Read& read : reads) read.run();
}

}  // namespace syncwright::graph_read
