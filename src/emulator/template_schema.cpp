#include "syncwright/emulator/template_schema.h"

#include <map>
#include <mutex>

#include "syncwright/emulator/catalog.h"

namespace syncwright::emulator {
namespace {

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
  const std::optional<GalleryEntry> entry = Catalog::built_in_entry(gallery);
  const Json* found = entry ? find_template(*entry, job) : nullptr;
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
  static const std::vector<std::string> names = Catalog::built_in_names();
  return names;
}

}  // namespace syncwright::emulator
