#include "schema/attribute_list_cache.h"

#include <algorithm>
#include <utility>

namespace syncwright::schema {

namespace {

/// A shorter list is decoded as fast as it is found.
constexpr std::size_t min_list_bytes = 512;
/// Of each of the few caches.
constexpr std::size_t max_cache_bytes = 3u << 20u;
/// A text has a list for each object of its directories; behind so many it is decoded.
constexpr std::size_t max_lists = 1'000;

constexpr std::string_view list_key = R"("attributes":)";

std::size_t size_of(const AttributeListCache::Entry& entry) {
  return entry.text.size() + entry.attributes->size() * sizeof(AttributeDefinition);
}

/// Where the next list begins at or behind `from`; npos: nowhere.
std::size_t next_list(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('[', from); at != std::string_view::npos;
       at = text.find('[', at + 1)) {
    if (at >= from + list_key.size() && text.substr(0, at).ends_with(list_key)) return at;
  }
  return std::string_view::npos;
}

}  // namespace

std::shared_ptr<const AttributeListCache::Entry> AttributeListCache::entry_at(
    std::string_view text) {
  // No array is the beginning of another one, so that at most one entry stands here.
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const auto& entry) { return text.starts_with(entry->text); });
  if (found == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return entries_.front();
}

std::vector<AttributeListCache::Occurrence> AttributeListCache::find(std::string_view text) {
  std::vector<Occurrence> found;
  if (entries_.empty()) return found;
  std::size_t seen = 0;
  for (std::size_t at = next_list(text, 0); at != std::string_view::npos && ++seen <= max_lists;) {
    std::size_t behind = at + 1;
    if (auto entry = entry_at(text.substr(at))) {
      behind = at + entry->text.size();
      found.push_back({{at, behind}, std::move(entry)});
    }
    at = next_list(text, behind);
  }
  return found;
}

void AttributeListCache::keep(std::string_view text, const ObjectDefinition& object) {
  const auto [begin, end] = object.attributes_span;
  if (end - begin < min_list_bytes) return;
  if (entry_at(text.substr(begin)) != nullptr) return;  // it stands twice in one text
  auto entry = std::make_shared<const Entry>(
      Entry{std::string(text.substr(begin, end - begin)), begin, object.attribute_list});
  const std::size_t size = size_of(*entry);
  if (size > max_cache_bytes) return;
  bytes_ += size;
  entries_.push_front(std::move(entry));
  while (bytes_ > max_cache_bytes) {
    bytes_ -= size_of(*entries_.back());
    entries_.pop_back();
  }
}

}  // namespace syncwright::schema
