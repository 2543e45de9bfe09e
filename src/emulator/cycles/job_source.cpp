#include "emulator/cycles/job_source.h"

#include "emulator/cycles/source_object.h"

namespace syncwright::emulator {

bool takes_uploads(const GalleryEntry* entry) {
  return entry && string_or(entry->connector, "inbound") == "bulkUpload";
}

std::vector<const Json*> JobSource::objects(const std::string& object_name) const {
  std::vector<const Json*> found;
  if (!is_uploads()) {
    for (const Json& object : source_objects(store_, object_name)) found.push_back(&object);
  } else if (object_name == "User") {
    for (const Upload* upload : store_.uploads.with("job", job_)) found.push_back(&upload->object);
  }
  return found;
}

const Json* JobSource::find(const std::string& object_name, const std::string& id) const {
  if (!is_uploads()) return find_source(store_, object_name, id);
  const Upload* upload = store_.uploads.find(Upload::row_id(job_, id));
  return upload && object_name == "User" ? &upload->object : nullptr;
}

}  // namespace syncwright::emulator
