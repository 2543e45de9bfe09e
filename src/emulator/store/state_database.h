#pragma once

#include <filesystem>
#include <memory>

#include "emulator/store/database.h"
#include "emulator/store/store.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/error.h"

namespace syncwright::emulator {

/// The tenant's state in SQLite: one row for each object, schema documents by their digest, the
/// logs. What a request changes is written in one transaction, so that a process which is killed at
/// any moment leaves every request whole or not at all.
class StateDatabase {
 public:
  /// In memory: what tests and `catalog --people` work on.
  StateDatabase();
  /// Of a file that is there or not; the first `save` makes it, private (0600). An Error where the
  /// file is no state, damaged, or of a newer format; it stays as it is then.
  [[nodiscard]] static Result<std::unique_ptr<StateDatabase>> open(
      const std::filesystem::path& file);
  /// The same for a file whose content, if there is any, is no state: the first `save` replaces it.
  [[nodiscard]] static std::unique_ptr<StateDatabase> replacing(const std::filesystem::path& file);

  /// Whether anything was ever saved in it.
  [[nodiscard]] bool has_state() const { return has_state_; }
  /// REQUIRES: `has_state`. Throws StorageFault. Reads no document and no log.
  [[nodiscard]] Store load();
  /// A store that keeps its documents and logs here.
  [[nodiscard]] Store empty_store() { return Store(database_); }
  /// When the state was saved; 1970 where there is none.
  [[nodiscard]] Instant saved_at();
  /// What the store's `forget_changes` has not forgotten, or all of it the first time. Throws
  /// StorageFault, and nothing is written then.
  void save(const Store& store, Instant now);

 private:
  void make_file(const Store& store, Instant now);
  void write(Database& database, const Store& store, Instant now) const;

  Database database_;
  std::filesystem::path unmade_;  // the file that the first save makes; empty: none
  bool has_state_ = false;
};

}  // namespace syncwright::emulator
