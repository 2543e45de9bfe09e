#include <algorithm>

#include "syncwright/graph_read/decoders.h"
#include "syncwright/graph_read/plain_text.h"
#include "syncwright/model/application_members.h"

namespace syncwright {
namespace {

constexpr std::size_t kMaxId = 300;

/// Ids are opaque (docs/graph.md#5.5), but one that could leave its path segment names nothing of
/// ours.
bool usable_id(const std::string& id) {
  if (id.empty() || id.size() > kMaxId || id == "." || id == "..") return false;
  return std::none_of(id.begin(), id.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte <= 0x20 || byte == 0x7f || character == '/' || character == '\\';
  });
}

}  // namespace

Result<std::string> decode_id(const Json& json, std::string_view what) {
  std::string id = string_or(json, "id", string_or(json, "objectId"));
  if (usable_id(id)) return id;
  return fail(ErrorKind::malformed, "the answer holds a " + std::string(what) + " without an id");
}

std::vector<std::string> decode_strings(const Json& array) {
  std::vector<std::string> strings;
  if (!array.is_array()) return strings;
  for (const Json& item : array) {
    if (item.is_string()) strings.push_back(item.get<std::string>());
  }
  return strings;
}

Result<GraphReader::ServicePrincipal> decode_service_principal(const Json& json) {
  Result<std::string> id = decode_id(json, "service principal");
  if (!id) return fail(id.error());
  GraphReader::ServicePrincipal principal;
  principal.reference.service_principal_id = std::move(*id);
  principal.reference.app_id = string_or(json, "appId");
  for_each_application_text(
      [&](const auto& row) { principal.reference.*row.principal = string_or(json, row.name); });
  principal.application_template_id = string_or(json, "applicationTemplateId");
  principal.tags = decode_strings(member_or_null(json, "tags"));
  if (principal.reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds a service principal without an appId");
  }
  return principal;
}

Result<LiveReference> decode_application(const Json& json) {
  Result<std::string> id = decode_id(json, "application");
  if (!id) return fail(id.error());
  LiveReference reference;
  reference.application_id = std::move(*id);
  reference.app_id = string_or(json, "appId");
  reference.display_name = string_or(json, "displayName");
  reference.created = plain_text(string_or(json, "createdDateTime"), 64);
  reference.unique_name = string_or(json, "uniqueName");
  if (reference.app_id.empty()) {
    return fail(ErrorKind::malformed, "the answer holds an application without an appId");
  }
  return reference;
}

}  // namespace syncwright
