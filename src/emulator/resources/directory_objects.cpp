#include "emulator/resources/directory_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"

namespace syncwright::emulator {

namespace {

bool is_text(const Json& value, std::size_t max_length) {
  return value.is_string() &&
         (max_length == 0 || character_count(value.get_ref<const std::string&>()) <= max_length);
}

bool all_of_array(const Json& value, bool (*test)(const Json&)) {
  return value.is_array() && std::all_of(value.begin(), value.end(), test);
}

bool is_at_most(const Json& list, std::size_t max_length) {
  return max_length == 0 || list.size() <= max_length;
}

}  // namespace

bool is_guid(std::string_view text) {
  constexpr std::string_view form = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
  return std::equal(text.begin(), text.end(), form.begin(), form.end(),
                    [](char letter, char wanted) {
                      if (wanted == '-') return letter == '-';
                      return ascii::hex_value(static_cast<unsigned char>(letter)).has_value();
                    });
}

bool is_value_of(const Json& value, PropertyType type, std::size_t max_length) {
  switch (type) {
    case PropertyType::boolean:
      return value.is_boolean();
    case PropertyType::optional_boolean:
      return value.is_null() || value.is_boolean();
    case PropertyType::integer:
      return value.is_null() || value.is_number_integer();
    case PropertyType::moment:
      return value.is_null() ||
             (value.is_string() && parse_rfc3339(value.get_ref<const std::string&>()).has_value());
    case PropertyType::text:
      return value.is_null() || is_text(value, max_length);
    case PropertyType::required_text:
      return is_text(value, max_length) && !value.get_ref<const std::string&>().empty();
    case PropertyType::guid:
      return value.is_null() || (value.is_string() && is_guid(value.get_ref<const std::string&>()));
    case PropertyType::texts:
      return all_of_array(value, [](const Json& item) { return item.is_string(); }) &&
             is_at_most(value, max_length);
    case PropertyType::object:
      return value.is_null() || value.is_object();
    case PropertyType::objects:
      return all_of_array(value, [](const Json& item) { return item.is_object(); }) &&
             is_at_most(value, max_length);
  }
  return false;
}

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
    if (!is_value_of(*item, property->type, property->max_length)) {
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
