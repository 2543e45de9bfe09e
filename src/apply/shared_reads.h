#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/single_flight_cache.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::apply {

/// What is the same for all applications of one apply, each read once: five hundred creations ask
/// for their gallery application and for the soft-deleted ones. Thread-safe.
class SharedReads {
 public:
  using Deleted = std::shared_ptr<const std::vector<model::LiveReference>>;

  explicit SharedReads(graph_read::GraphReader& reader) : reader_(reader) {}

  /// The application templates that a manifest's `gallery`, a display name or an id, may mean.
  [[nodiscard]] Result<std::vector<model::GalleryTemplate>> gallery(const std::string& name_or_id,
                                                                    const std::stop_token& stop);
  /// The soft-deleted applications that hold a unique name, as they were when the first one asked.
  [[nodiscard]] Result<Deleted> deleted_holders(const std::stop_token& stop);

 private:
  graph_read::GraphReader& reader_;
  SingleFlightCache<std::string, std::vector<model::GalleryTemplate>> gallery_;
  SingleFlightCache<int, Deleted> deleted_;
};

}  // namespace syncwright::apply
