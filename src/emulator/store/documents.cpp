#include "emulator/store/documents.h"

#include <utility>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

std::string Documents::keep(const Json& document) {
  std::string text = canonical_json(document);
  std::string digest = sha256(text);
  if (++users_[digest] == 1) unsaved_[digest] = std::move(text);
  return digest;
}

void Documents::release(const std::string& digest) {
  const auto users = users_.find(digest);
  if (users == users_.end() || --users->second > 0) return;
  users_.erase(users);
  unsaved_.erase(digest);
  unused_.insert(digest);
}

Json Documents::read(const std::string& digest) const {
  const std::string found = text(digest);
  Result<Json> parsed =
      parse_json(found, {.max_bytes = found.size(), .max_depth = schema::kMaxSchemaDepth});
  if (!parsed) throw StorageFault("a schema document is no JSON", true);
  return *std::move(parsed);
}

std::string Documents::text(const std::string& digest) const {
  const auto unsaved = unsaved_.find(digest);
  if (unsaved != unsaved_.end()) return unsaved->second;
  Query query = database_->query("SELECT text FROM documents WHERE digest = ?", digest);
  if (!query.next()) throw StorageFault("a schema document is missing", true);
  return std::string(query.text(0));
}

void Documents::save(Database& database) const {
  for (const std::string& digest : unused_) {
    if (!users_.contains(digest)) database.run("DELETE FROM documents WHERE digest = ?", digest);
  }
  for (const auto& [digest, text] : unsaved_) {
    database.run("INSERT OR IGNORE INTO documents (digest, text) VALUES (?, ?)", digest, text);
  }
}

void Documents::forget_changes() {
  unused_.clear();
  unsaved_.clear();
}

}  // namespace syncwright::emulator
