#include "emulator/alternate_key.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/odata/request_target.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

constexpr const char* unique_name_key = "uniqueName";
constexpr const char* app_id_key = "appId";

bool is_same_name(std::string_view name, std::string_view other) {
  return ascii::equal_ignoring_case(name, other);
}

std::string id_by_app_id(const Store& store, const Collection& objects, const Call& call,
                         const std::string& wanted) {
  std::string id;
  for (const Replicated* object : objects.with(app_id_key, wanted)) {
    if (object->by_id(call.now, store.delay)) id = string_or(object->value(), "id");
  }
  return id;
}

/// Empty where the holder is not replicated yet, or deleted: its claim stands, and lookups miss it.
std::string id_by_unique_name(const Store& store, const Call& call, const std::string& wanted) {
  const Claim* claim = store.claims.find(wanted);
  if (!claim || claim->at + store.delay > call.now) return {};
  const Replicated* object = store.applications.find(claim->application);
  return object && object->by_id(call.now, store.delay) ? claim->application : std::string();
}

bool prefers_creation(const Call& call) {
  return is_same_name(ascii::trim(call.headers.get("Prefer").value_or("")), "create-if-missing");
}

/// "Upsert application" has uniqueName, "Upsert servicePrincipal" appId, and no other key: an
/// application's appId is the service's to choose.
bool is_upsert(const Call& call, const KeySegment& key) {
  const bool is_own_key =
      (is_same_name(key.collection, "applications") && is_same_name(key.key, unique_name_key)) ||
      (is_same_name(key.collection, "servicePrincipals") && is_same_name(key.key, app_id_key));
  return is_own_key && call.method == http::HttpMethod::patch && call.segments.size() == 1 &&
         prefers_creation(call);
}

}  // namespace

std::optional<Reply> resolve_alternate_key(const Store& store, Call& call) {
  if (call.segments.empty() || !call.segments.front().ends_with(')')) return std::nullopt;
  KeySegment segment;
  if (!parse_key_segment(call.segments.front(), segment)) {
    return gateway_refusal(fmt::format("Invalid key in segment '{}'.", call.segments.front()));
  }
  std::string id;
  const bool is_application = is_same_name(segment.collection, "applications");
  if (segment.key.empty()) {
    id = segment.value;
  } else if (is_application && is_same_name(segment.key, unique_name_key)) {
    id = id_by_unique_name(store, call, segment.value);
  } else if (is_same_name(segment.key, app_id_key)) {
    const Collection& objects = is_application ? store.applications : store.service_principals;
    id = id_by_app_id(store, objects, call, segment.value);
  } else {
    return gateway_refusal(fmt::format("'{}' is no key of '{}'.", segment.key, segment.collection));
  }
  if (id.empty() && !is_upsert(call, segment)) return resource_not_found(segment.value);
  call.segments.front() = segment.collection;
  if (!id.empty()) {
    call.segments.insert(call.segments.begin() + 1, id);
    return std::nullopt;
  }
  call.method = http::HttpMethod::post;
  call.missing_key = {is_application ? unique_name_key : app_id_key, segment.value};
  return std::nullopt;
}

std::optional<Reply> add_missing_key(Call& call) {
  const auto& [name, value] = call.missing_key;
  if (name.empty()) return std::nullopt;
  if (!call.body.is_object()) return bad_request("The request body must hold an object.");
  const Json& given = member_or_null(call.body, name.c_str());
  if (!given.is_null() && given != value) {
    return bad_request(fmt::format("Property '{}' differs from the key of the request.", name));
  }
  call.body[name] = value;
  return std::nullopt;
}

}  // namespace syncwright::emulator
