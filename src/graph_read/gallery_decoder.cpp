#include <algorithm>

#include "syncwright/graph_read/decoders.h"

namespace syncwright {

Result<GalleryTemplate> decode_gallery_template(const Json& json) {
  Result<std::string> id = decode_id(json, "application template");
  if (!id) return fail(id.error());
  GalleryTemplate entry;
  entry.id = std::move(*id);
  entry.display_name = string_or(json, "displayName");
  entry.publisher = string_or(json, "publisher");
  entry.categories = decode_strings(member_or_null(json, "categories"));
  const Json& provisioning = member_or_null(json, "supportedProvisioningTypes");
  if (provisioning.is_array()) {
    const std::vector<std::string> types = decode_strings(provisioning);
    entry.supports_provisioning = std::find(types.begin(), types.end(), "sync") != types.end();
  }
  return entry;
}

Result<std::vector<std::string>> decode_synchronization_templates(const std::vector<Json>& items) {
  std::vector<std::string> defaults;
  std::vector<std::string> others;
  for (const Json& item : items) {
    Result<std::string> id = decode_id(item, "synchronization template");
    if (!id) return fail(id.error());
    (bool_or(item, "default", false) ? defaults : others).push_back(std::move(*id));
  }
  defaults.insert(defaults.end(), others.begin(), others.end());
  return defaults;
}

}  // namespace syncwright
