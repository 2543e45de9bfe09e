#include "syncwright/emulator/template_schema.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "syncwright/core/ascii.h"
#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {
namespace {

const GalleryEntry* find_entry(const Catalog& catalog, const std::string& gallery) {
  if (const GalleryEntry* by_id = catalog.find(ascii::lower(gallery))) return by_id;
  const GalleryEntry* found = nullptr;
  for (const GalleryEntry& entry : catalog.gallery) {
    if (ascii::lower(string_or(entry.application_template, "displayName")) != ascii::lower(gallery))
      continue;
    if (found != nullptr) return nullptr;
    found = &entry;
  }
  return found;
}

const Json* find_template(const GalleryEntry& entry, const std::string& job) {
  for (const Json& each : entry.synchronization_templates) {
    if (job == "default" ? bool_or(each, "default", false) : string_or(each, "id") == job) {
      return &each;
    }
  }
  return nullptr;
}

std::optional<schema::SynchronizationSchema> decode_schema(const std::string& gallery,
                                                           const std::string& job) {
  const auto catalog = Catalog::built_in();
  const GalleryEntry* entry = find_entry(*catalog, gallery);
  const Json* found = entry == nullptr ? nullptr : find_template(*entry, job);
  if (found == nullptr) return std::nullopt;
  auto schema = schema::SynchronizationSchema::decode(member_or_null(*found, "schema").dump());
  if (!schema) return std::nullopt;
  return std::move(*schema);
}

}  // namespace

std::optional<schema::SynchronizationSchema> built_in_schema(const std::string& gallery,
                                                             const std::string& job) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::optional<schema::SynchronizationSchema>>
      decoded;
  const std::lock_guard lock(mutex);
  const auto [place, added] = decoded.try_emplace({gallery, job});
  if (added) place->second = decode_schema(gallery, job);
  return place->second;
}

const std::vector<std::string>& built_in_galleries() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const GalleryEntry& entry : Catalog::built_in()->gallery) {
      made.push_back(string_or(entry.application_template, "displayName"));
    }
    std::sort(made.begin(), made.end());
    return made;
  }();
  return names;
}

}  // namespace syncwright::emulator
