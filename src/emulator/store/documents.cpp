#include "emulator/store/documents.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

namespace {

/// As text; the values take six times as much. Enough for what an apply has in flight: a document
/// is put, and read by its job's first cycle a few requests later.
constexpr std::size_t max_recent_bytes = 2U << 20U;

}  // namespace

std::string Documents::keep(Json document) {
  std::string text = canonical_json(document);
  std::string digest = sha256(text);
  remember(digest, std::make_shared<const Json>(std::move(document)), text.size());
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

std::shared_ptr<const Json> Documents::read(const std::string& digest) const {
  const auto known = std::find_if(recent_.begin(), recent_.end(),
                                  [&](const Recent& recent) { return recent.digest == digest; });
  if (known != recent_.end()) {
    recent_.splice(recent_.begin(), recent_, known);
    return known->document;
  }
  const std::string found = text(digest);
  Result<Json> parsed =
      parse_json(found, {.max_bytes = found.size(), .max_depth = schema::kMaxSchemaDepth});
  if (!parsed) throw StorageFault("a schema document is no JSON", true);
  auto document = std::make_shared<const Json>(std::move(*parsed));
  remember(digest, document, found.size());
  return document;
}

std::string Documents::text(const std::string& digest) const {
  const auto unsaved = unsaved_.find(digest);
  if (unsaved != unsaved_.end()) return unsaved->second;
  Query query = database_->query("SELECT text FROM documents WHERE digest = ?", digest);
  if (!query.next()) throw StorageFault("a schema document is missing", true);
  return std::string(query.text(0));
}

void Documents::remember(const std::string& digest, std::shared_ptr<const Json> document,
                         std::size_t bytes) const {
  recent_.push_front({digest, std::move(document), bytes});
  std::size_t held = bytes;
  for (auto recent = std::next(recent_.begin()); recent != recent_.end();) {
    held += recent->bytes;
    const bool goes = held > max_recent_bytes || recent->digest == digest;
    recent = goes ? recent_.erase(recent) : std::next(recent);
  }
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
