#pragma once

#include <memory>
#include <stop_token>

#include "syncwright/core/single_flight_cache.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::graph_read {

/// The unique names that soft-deleted applications still hold, read once for all applications that
/// are to be made. Thread-safe.
class DeletedNames {
 public:
  explicit DeletedNames(GraphReader& reader) : reader_(reader) {}

  /// Shared by all who ask; nullptr where they cannot be read, which is not tried again.
  using Held = std::shared_ptr<const model::HeldNames>;
  [[nodiscard]] Held read(const std::stop_token& stop);

 private:
  GraphReader& reader_;
  SingleFlightCache<int, Held> held_;
};

}  // namespace syncwright::graph_read
