#include "emulator/store/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace syncwright::emulator {

namespace {

constexpr std::int64_t max_log_entries = 20'000;

}  // namespace

std::deque<Json> Log::newest_first() const {
  std::deque<Json> entries(unsaved_.rbegin(), unsaved_.rend());
  Query query = database_->query(fmt::format("SELECT value FROM {} ORDER BY place DESC", table_));
  while (query.next()) {
    Json entry = Json::parse(query.text(0), nullptr, false);
    if (entry.is_discarded()) throw StorageFault("an entry of a log is no JSON", true);
    entries.push_back(std::move(entry));
  }
  return entries;
}

void Log::for_each_text(const std::function<void(std::string_view)>& visit) const {
  Query query = database_->query(fmt::format("SELECT value FROM {} ORDER BY place", table_));
  while (query.next()) visit(query.text(0));
  for (const Json& entry : unsaved_) visit(canonical_json(entry));
}

void Log::save(Database& database) const {
  if (unsaved_.empty()) return;
  const std::string insert = fmt::format("INSERT INTO {} (value) VALUES (?)", table_);
  for (const Json& entry : unsaved_) database.run(insert, canonical_json(entry));
  database.run(fmt::format("DELETE FROM {} WHERE place <= ?", table_),
               database.last_place() - max_log_entries);
}

}  // namespace syncwright::emulator
