#include "emulator/resources/identifier_uris.h"

#include <algorithm>

#include "emulator/graph_error.h"
#include "emulator/store/store.h"

namespace syncwright::emulator {

namespace {

constexpr const char* uris_name = "identifierUris";

bool has_item(const Json& list, const Json& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// [G] docs/graph.md#5.2.10: a deleted application gives its URIs up, and gets them back when it
/// is restored, unless somebody has taken them meanwhile.
bool assumed_to_hold_uris(const Replicated& application) {
  return !application.is_deleted();
}

bool another_has(const Exchange& exchange, const Json& uri, const std::string& own_id) {
  const Collection& applications = exchange.store.applications;
  return std::any_of(applications.begin(), applications.end(), [&](const Replicated& other) {
    return assumed_to_hold_uris(other) && string_or(other.value(), "id") != own_id &&
           has_item(list_or_empty(other.value(), uris_name), uri);
  });
}

}  // namespace

std::optional<Reply> check_identifier_uris(const Exchange& exchange, const Json& before,
                                           const Json& application) {
  const Json& held = list_or_empty(before, uris_name);
  const std::string id = string_or(application, "id");
  for (const Json& uri : list_or_empty(application, uris_name)) {
    if (has_item(held, uri) || !another_has(exchange, uri, id)) continue;
    return object_conflict(uris_name);
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
