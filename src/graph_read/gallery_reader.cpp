#include <algorithm>
#include <utility>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/graph_path.h"
#include "syncwright/graph_read/graph_reader.h"

namespace syncwright {

namespace {

constexpr std::string_view kSelect =
    "id,displayName,publisher,categories,supportedProvisioningTypes";
constexpr std::size_t kMaxUrl = 6000;
constexpr const char* kTemplates = "/applicationTemplates";

std::string filter_path(const std::string& filter) {
  return with_query(kTemplates, {{"$filter", filter}, {"$select", kSelect}});
}

/// The names joined to filters, each as long as a URL may be.
std::vector<std::string> name_filters(const std::vector<std::string>& names, std::size_t max_url) {
  std::vector<std::string> filters;
  for (const std::string& name : names) {
    const std::string clause = "displayName eq " + odata_string(name);
    const std::string joined = filters.empty() ? "" : filters.back() + " or " + clause;
    if (joined.empty() || filter_path(joined).size() > max_url) {
      filters.push_back(clause);
    } else {
      filters.back() = joined;
    }
  }
  return filters;
}

}  // namespace

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

Result<std::vector<GalleryTemplate>> GraphReader::gallery_by_names(
    const std::vector<std::string>& names, const std::stop_token& stop) {
  const std::size_t base = connection_.url("").size();
  std::vector<GalleryTemplate> found;
  for (const std::string& filter : name_filters(names, kMaxUrl - std::min(base, kMaxUrl / 2))) {
    const Result<std::vector<Json>> items = connection_.get_all(filter_path(filter), stop);
    if (!items) return fail(items.error());
    Result<std::vector<GalleryTemplate>> chunk = decode_items(*items, decode_gallery_template);
    if (!chunk) return chunk;
    found.insert(found.end(), chunk->begin(), chunk->end());
  }
  return found;
}

Result<std::optional<GalleryTemplate>> GraphReader::gallery_by_id(const std::string& id,
                                                                  std::stop_token stop) {
  const std::string path =
      with_query(object_path("applicationTemplates", id), {{"$select", kSelect}});
  return decode_optional(connection_.get(path, std::move(stop)), decode_gallery_template);
}

Result<std::vector<GalleryTemplate>> GraphReader::search_gallery(const std::string& text,
                                                                 std::stop_token stop) {
  const std::string path = text.empty()
                               ? with_query(kTemplates, {{"$select", kSelect}})
                               : filter_path("contains(displayName," + odata_string(text) + ")");
  const Result<std::vector<Json>> items = connection_.get_all(path, std::move(stop));
  if (!items) return fail(items.error());
  return decode_items(*items, decode_gallery_template);
}

}  // namespace syncwright
