#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "emulator/store/database.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A log that is only written at its end. It keeps as many entries as a tenant of this size has in
/// 30 days; the oldest go. What is saved lies in the database alone.
class Log {
 public:
  /// The database must outlive it; `table` is the log's own there.
  Log(Database& database, std::string table) : database_(&database), table_(std::move(table)) {}

  void append(Json entry) { unsaved_.push_back(std::move(entry)); }
  /// Throws StorageFault.
  [[nodiscard]] std::deque<Json> newest_first() const;
  /// The same, as texts and the other way round, one at a time.
  void for_each_text(const std::function<void(std::string_view)>& visit) const;

  [[nodiscard]] bool has_changed() const { return !unsaved_.empty(); }
  void save(Database& database) const;
  void forget_changes() { unsaved_.clear(); }

 private:
  Database* database_;
  std::string table_;
  std::deque<Json> unsaved_;  // oldest first
};

}  // namespace syncwright::emulator
