#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/single_flight_cache.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::apply {

/// Whether a list may be the one that all applications of the apply share, or is to be read now:
/// once an answer contradicts the shared one, or was lost.
enum class ListAge { shared, fresh };

/// What is the same for all applications of one apply, each read once where the plan is too old to
/// tell it: five hundred creations ask for their gallery application, the soft-deleted ones and the
/// unclaimed ones. Thread-safe.
class SharedReads {
 public:
  using Held = std::shared_ptr<const model::HeldNames>;
  using References = std::shared_ptr<const std::vector<model::LiveReference>>;

  explicit SharedReads(graph_read::GraphReader& reader) : reader_(reader) {}

  /// The application templates that a manifest's `gallery`, a display name or an id, may mean.
  [[nodiscard]] Result<std::vector<model::GalleryTemplate>> gallery(const std::string& name_or_id,
                                                                    const std::stop_token& stop);
  /// The unique names that soft-deleted applications hold.
  [[nodiscard]] Result<Held> held_names(ListAge age, const std::stop_token& stop);
  /// The applications whose display name begins so: a project's creations that nobody claimed.
  [[nodiscard]] Result<References> pending(const std::string& prefix, ListAge age,
                                           const std::stop_token& stop);

 private:
  [[nodiscard]] Result<Held> read_held_names(const std::stop_token& stop);
  [[nodiscard]] Result<References> list_pending(const std::string& prefix,
                                                const std::stop_token& stop);

  graph_read::GraphReader& reader_;
  SingleFlightCache<std::string, std::vector<model::GalleryTemplate>> gallery_;
  SingleFlightCache<int, Held> held_names_;
  SingleFlightCache<std::string, References> pending_;
};

}  // namespace syncwright::apply
