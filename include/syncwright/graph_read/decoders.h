#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/error.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/graph_reader.h"
#include "syncwright/model/live.h"

namespace syncwright::graph_read {

/// Answers of Graph as values: one function a resource, shared by reads and by the answers of
/// writes. Tolerant (unknown members and keys with '@' are passed over), but an object without the
/// id that names it is ErrorKind::malformed. Texts meant for people are plain_text; names and tags
/// stay as they are, since they are compared.

[[nodiscard]] Result<GraphReader::ServicePrincipal> decode_service_principal(const Json& json);
/// Of an application: fills `application_id` and both display names, never `service_principal_id`.
[[nodiscard]] Result<model::LiveReference> decode_application(const Json& json);
[[nodiscard]] Result<model::GalleryTemplate> decode_gallery_template(const Json& json);
[[nodiscard]] Result<model::LiveJob> decode_job(const Json& json);
/// Sorted by key; the collection's `value`.
[[nodiscard]] Result<std::vector<model::LiveSecret>> decode_secrets(const Json& json);
[[nodiscard]] Result<model::LiveAppRole> decode_app_role(const Json& json);
[[nodiscard]] Result<model::LiveAssignment> decode_assignment(const Json& json);
[[nodiscard]] Result<model::LivePrincipal> decode_principal(const Json& json);
/// Template ids of a `templates` collection, the default ones first, else in the order of the
/// answer.
[[nodiscard]] Result<std::vector<std::string>> decode_synchronization_templates(
    const std::vector<Json>& items);

/// The member `id`, in old answers `objectId` (docs/graph.md#5.1). ErrorKind::malformed where there
/// is none or where it could not be a path segment; `what` names the resource.
[[nodiscard]] Result<std::string> decode_id(const Json& json, std::string_view what);
/// The strings of an array; other items are passed over.
[[nodiscard]] std::vector<std::string> decode_strings(const Json& array);

/// Every item decoded, or the first failure.
template <class Decoder>
[[nodiscard]] auto decode_items(const std::vector<Json>& items, Decoder decode) {
  using Item = typename decltype(decode(items.front()))::value_type;
  std::vector<Item> decoded;
  for (const Json& item : items) {
    auto one = decode(item);
    if (!one) return Result<std::vector<Item>>(fail(std::move(one).error()));
    decoded.push_back(std::move(*one));
  }
  return Result<std::vector<Item>>(std::move(decoded));
}

/// nullopt for ErrorKind::not_found, any other failure as it is.
template <class Decoder>
[[nodiscard]] auto decode_optional(Result<Json> json, Decoder decode) {
  using Item = typename decltype(decode(*json))::value_type;
  using Answer = Result<std::optional<Item>>;
  if (!json && json.error().kind == ErrorKind::not_found) return Answer(std::nullopt);
  if (!json) return Answer(fail(std::move(json).error()));
  auto decoded = decode(*json);
  if (!decoded) return Answer(fail(std::move(decoded).error()));
  return Answer(std::move(*decoded));
}

}  // namespace syncwright::graph_read
