#include "emulator/odata/property_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/graph_error.h"

namespace syncwright::emulator {

namespace {

bool is_text(const Json& value, std::size_t max_length) {
  return value.is_string() &&
         (max_length == 0 || value.get_ref<const std::string&>().size() <= max_length);
}

bool all_of_array(const Json& value, bool (*test)(const Json&)) {
  return value.is_array() && std::all_of(value.begin(), value.end(), test);
}

bool fits(const Json& value, const WritableProperty& property) {
  switch (property.type) {
    case PropertyType::boolean:
      return value.is_boolean();
    case PropertyType::text:
      return value.is_null() || is_text(value, property.max_length);
    case PropertyType::required_text:
      return is_text(value, property.max_length) && !value.get_ref<const std::string&>().empty();
    case PropertyType::texts:
      return all_of_array(value, [](const Json& item) { return item.is_string(); });
    case PropertyType::object:
      return value.is_null() || value.is_object();
    case PropertyType::objects:
      return all_of_array(value, [](const Json& item) { return item.is_object(); });
  }
  return false;
}

}  // namespace

std::optional<Reply> apply_patch(const Json& body, std::span<const WritableProperty> writable,
                                 std::string_view resource, Json& value) {
  if (!body.is_object() || body.empty())
    return bad_request("The request body must hold an object.");
  Json changed = value;
  for (auto item = body.begin(); item != body.end(); ++item) {
    const std::string& name = item.key();
    if (name.find('@') != std::string::npos) continue;  // annotations mean nothing here
    const auto property =
        std::find_if(writable.begin(), writable.end(),
                     [&](const WritableProperty& candidate) { return candidate.name == name; });
    if (property == writable.end()) {
      return bad_request(value.contains(name)
                             ? fmt::format("Property '{}' is read-only and cannot be set.", name)
                             : fmt::format("Invalid property '{}'.", name));
    }
    if (!fits(*item, *property)) {
      return bad_request(fmt::format("Invalid value specified for property '{}' of resource '{}'.",
                                     name, resource));
    }
    if (item->is_object() && changed[name].is_object()) {
      changed[name].update(*item);
    } else {
      changed[name] = *item;
    }
  }
  value = std::move(changed);
  return std::nullopt;
}

}  // namespace syncwright::emulator
