#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "graph_read/schema_room.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/graph_read/read_ahead.h"

namespace syncwright::graph_read {

/// How the reads of one application reach Graph. For one thread.
class ApplicationDoor {
 public:
  /// One of `applications` doors, which share `room` and `parallelism` requests in flight. Where
  /// others wait for their turn, what is asked at the same time goes in one `$batch`
  /// (read_ahead.h).
  ApplicationDoor(GraphConnection& connection, std::size_t applications, std::size_t parallelism,
                  SchemaRoom& room)
      : shares_batches_(applications > parallelism && connection.batches().is_supported()),
        parallelism_(parallelism),
        ahead_(connection),
        own_connection_(connection, ahead_),
        reader_(shares_batches_ ? own_connection_ : connection),
        schemas_(room) {}

  [[nodiscard]] GraphReader& reader() { return reader_; }
  /// Of the schemas that are read here, which are held until the door is closed.
  [[nodiscard]] SchemaShare& schemas() { return schemas_; }

  struct Read {
    std::string path;           ///< behind the version; empty where it is not asked for here
    std::function<void()> run;  ///< the call of `reader()` that asks for it
  };

  /// Reads that need nothing of each other: in one batch or side by side. A batch is as
  /// confidential as the first.
  void read_together(const std::vector<Read>& reads);

 private:
  const bool shares_batches_;
  const std::size_t parallelism_;
  ReadAhead ahead_;
  GraphConnection own_connection_;  ///< over `ahead_`
  GraphReader reader_;
  SchemaShare schemas_;
};

}  // namespace syncwright::graph_read
