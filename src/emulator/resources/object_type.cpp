#include "emulator/resources/object_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
#include "emulator/resources/complex_value.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

bool is_collection(PropertyType type) {
  return type == PropertyType::texts || type == PropertyType::objects;
}

Json initial_of(const ObjectProperty& property) {
  if (!property.initial.empty()) return Json::parse(property.initial);
  return is_collection(property.type) ? Json::array() : Json(nullptr);
}

void lay_over(Json& held, Json given) {
  if (!held.is_object() || !given.is_object()) {
    held = std::move(given);
    return;
  }
  for (auto member = given.begin(); member != given.end(); ++member) {
    lay_over(held[member.key()], std::move(member.value()));
  }
}

bool may_set(const ObjectProperty& property, Writing writing) {
  return property.access == Access::writable ||
         (property.access == Access::at_creation && writing == Writing::creation);
}

bool is_selected(std::string_view name, const std::vector<std::string>& selected) {
  return std::any_of(selected.begin(), selected.end(), [&](const std::string& wanted) {
    return ascii::equal_ignoring_case(wanted, name);
  });
}

/// One object by its id or key, as opposed to a list, and to what a POST or PATCH answers.
bool asks_for_one_object(const Call& call) {
  return call.method == http::HttpMethod::get && call.segments.size() == 2;
}

std::optional<Reply> set_property(const ObjectType& type, const ObjectProperty& property,
                                  const Json& given, const Call& call, Json& object) {
  if (auto refusal = refuse_value(type, property, given, call)) return refusal;
  Json& held = object[std::string(property.name)];
  if (held.is_null()) held = initial_of(property);
  // Where the default names its type, a value may be of another one.
  const bool has_types = initial_of(property).contains("@odata.type");
  lay_over(held, has_types ? given : stored_value(property.members, given, call));
  return std::nullopt;
}

}  // namespace

bool is_in_version(const ObjectProperty& property, const Call& call) {
  return property.versions == InVersions::both ||
         property.versions == (call.is_beta() ? InVersions::beta : InVersions::v1);
}

std::string_view name_in_version(const ObjectProperty& property, const Call& call) {
  return call.is_beta() && !property.beta_name.empty() ? property.beta_name : property.name;
}

const ObjectProperty* property_named(std::span<const ObjectProperty> properties, const Call& call,
                                     std::string_view name) {
  const auto found =
      std::find_if(properties.begin(), properties.end(), [&](const ObjectProperty& row) {
        return is_in_version(row, call) && name_in_version(row, call) == name;
      });
  return found == properties.end() ? nullptr : &*found;
}

Json new_object(const ObjectType& type) {
  Json object = Json::object();
  for (const ObjectProperty& property : type.properties) {
    object[std::string(property.name)] = initial_of(property);
  }
  return object;
}

Json on_wire(const ObjectType& type, const Json& object, const Call& call) {
  const std::vector<std::string> selected = call.query.select();
  Json wire = Json::object();
  for (const ObjectProperty& property : type.properties) {
    if (!is_in_version(property, call)) continue;
    const std::string_view name = name_in_version(property, call);
    const bool is_named = is_selected(name, selected);
    if (property.shown == Shown::when_selected && !is_named) continue;
    const auto held = object.find(property.name);
    wire[std::string(name)] =
        held == object.end()
            ? initial_of(property)
            : shown_value(property.members, *held, call, is_named && asks_for_one_object(call));
  }
  return wire;
}

std::optional<Reply> apply_body(const ObjectType& type, const Call& call, Writing writing,
                                Json& object) {
  const Json& body = call.body;
  if (!body.is_object() || body.empty())
    return bad_request("The request body must hold an object.");
  Json changed = object;
  for (const auto& [name, given] : body.items()) {
    if (is_annotation(name)) continue;
    const ObjectProperty* property = property_named(type.properties, call, name);
    if (!property) return unknown_member(name, given);
    if (!may_set(*property, writing)) {
      return bad_request(fmt::format("Property '{}' is read-only and cannot be set.", name));
    }
    if (auto refusal = set_property(type, *property, given, call, changed)) return refusal;
  }
  object = std::move(changed);
  return std::nullopt;
}

}  // namespace syncwright::emulator
