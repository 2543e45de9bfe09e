#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "emulator/store/database.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// Schema documents, the bulk of a tenant: each is kept once however many jobs use it, named by the
/// digest of its content, and read from the database when somebody asks for it.
class Documents {
 public:
  /// The database must outlive it.
  explicit Documents(Database& database) : database_(&database) {}

  /// One more user of the document; its digest.
  [[nodiscard]] std::string keep(const Json& document);
  /// One more user of a document that the database has.
  void note_user(const std::string& digest) { ++users_[digest]; }
  /// One user less; the last one takes the document along. Nothing for an empty digest.
  void release(const std::string& digest);
  /// REQUIRES: somebody uses it. Throws StorageFault where the database does not have it.
  [[nodiscard]] Json read(const std::string& digest) const;

  /// The canonical form of the same document.
  [[nodiscard]] std::string text(const std::string& digest) const;

  /// Writes what changed since `forget_changes`.
  void save(Database& database) const;
  void forget_changes();

 private:
  Database* database_;
  std::unordered_map<std::string, std::size_t> users_;  // by digest
  std::map<std::string, std::string> unsaved_;          // texts, by digest
  std::set<std::string> unused_;                        // whose last user left
};

}  // namespace syncwright::emulator
