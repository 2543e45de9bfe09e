#include "emulator/resources/object_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "emulator/graph_error.h"
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

bool is_annotation(const std::string& name) {
  return name.find('@') != std::string::npos;
}

/// "@odata.type" and its like say nothing that the property's type does not, at any depth.
Json without_annotations(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& item : value) list.push_back(without_annotations(item));
    return list;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [name, member] : value.items()) {
    if (!is_annotation(name)) object[name] = without_annotations(member);
  }
  return object;
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

const ObjectProperty* property_named(const ObjectType& type, const Call& call,
                                     const std::string& name) {
  const auto found =
      std::find_if(type.properties.begin(), type.properties.end(), [&](const ObjectProperty& row) {
        return is_in_version(row, call) && name_in_version(row, call) == name;
      });
  return found == type.properties.end() ? nullptr : &*found;
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

bool is_one_of(const Json& text, std::string_view words) {
  if (words.empty() || !text.is_string()) return true;
  const std::string& wanted = text.get_ref<const std::string&>();
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (word == wanted) return true;
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return false;
}

std::optional<Reply> set_property(const ObjectType& type, const ObjectProperty& property,
                                  const Json& given, Json& object) {
  const bool fits =
      is_value_of(given, property.type, property.max_length) && is_one_of(given, property.words);
  if (!fits) {
    return bad_request(fmt::format("Invalid value specified for property '{}' of resource '{}'.",
                                   property.name, type.name));
  }
  Json& held = object[std::string(property.name)];
  if (held.is_null()) held = initial_of(property);
  // Where the default names its type, a value may be of another one.
  const bool has_types = initial_of(property).contains("@odata.type");
  lay_over(held, has_types ? given : without_annotations(given));
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
    if (property.shown == Shown::when_selected && !is_selected(name, selected)) continue;
    const auto held = object.find(property.name);
    wire[std::string(name)] = held == object.end() ? initial_of(property) : *held;
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
    const ObjectProperty* property = property_named(type, call, name);
    if (!property) return bad_request(fmt::format("Invalid property '{}'.", name));
    if (!may_set(*property, writing)) {
      return bad_request(fmt::format("Property '{}' is read-only and cannot be set.", name));
    }
    if (auto refusal = set_property(type, *property, given, changed)) return refusal;
  }
  object = std::move(changed);
  return std::nullopt;
}

}  // namespace syncwright::emulator
