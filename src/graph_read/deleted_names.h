#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "syncwright/core/single_flight_cache.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright::graph_read {

/// The unique names that soft-deleted applications still hold (docs/graph.md#5.2): listed once, for
/// all applications that are to be made. Thread-safe.
class DeletedNames {
 public:
  explicit DeletedNames(GraphReader& reader) : reader_(reader) {}

  /// Whether nobody among them holds the name; false too where the list cannot be read, which is
  /// not tried again.
  [[nodiscard]] bool lack(const std::string& unique_name, const std::stop_token& stop);
  /// Object id of the application that every run takes for the holder, the lowest where there are
  /// several; nullopt: nobody among them holds it, or the list cannot be read.
  [[nodiscard]] std::optional<std::string> holder(const std::string& unique_name,
                                                  const std::stop_token& stop);

 private:
  /// Object ids by name, shared by all who ask; nullptr: not readable.
  using Names = std::shared_ptr<const std::map<std::string, std::string>>;
  [[nodiscard]] Names list(const std::stop_token& stop);
  [[nodiscard]] Names names(const std::stop_token& stop);

  GraphReader& reader_;
  SingleFlightCache<int, Names> names_;
};

}  // namespace syncwright::graph_read
