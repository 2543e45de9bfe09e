#include "emulator/resources/complex_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "emulator/graph_error.h"

namespace syncwright::emulator {

namespace {

bool is_word_of(const std::string& wanted, std::string_view words) {
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (word == wanted) return true;
    words.remove_prefix(std::min(words.size(), word.size() + 1));
  }
  return false;
}

/// REQUIRES: a text, a list of texts, or null.
bool has_words_of(const Json& value, std::string_view words) {
  if (words.empty() || value.is_null()) return true;
  if (value.is_string()) return is_word_of(value.get_ref<const std::string&>(), words);
  return std::all_of(value.begin(), value.end(),
                     [&](const Json& item) { return has_words_of(item, words); });
}

bool takes(const ObjectProperty& property, const Json& given) {
  if (given.is_null() && property.may_be_null) return true;
  return is_value_of(given, property.type, property.max_length) &&
         has_words_of(given, property.words);
}

std::optional<Reply> refuse_members(const ObjectType& type, const ComplexType& complex,
                                    const Json& given, const Call& call) {
  if (!given.is_object()) return std::nullopt;
  for (const auto& [name, value] : given.items()) {
    if (is_annotation(name)) continue;
    const ObjectProperty* member = property_named(complex.properties, call, name);
    if (!member) return unknown_member(name, value);
    if (auto refusal = refuse_value(type, *member, value, call)) return refusal;
  }
  return std::nullopt;
}

}  // namespace

bool is_annotation(const std::string& name) {
  return name.find('@') != std::string::npos;
}

/// The two wordings are as clients have quoted them of directory objects, and that they hold for
/// members of complex values is [G] (docs/graph.md#5.2.8).
Reply unknown_member(const std::string& name, const Json& given) {
  if (!given.is_structured()) return bad_request(fmt::format("Invalid property '{}'.", name));
  return bad_request(
      "A value without a type name was found and no expected type is available. When the model is "
      "specified, each value in the payload must have a type which can be either specified in the "
      "payload, explicitly by the caller or implicitly inferred from the parent value.");
}

std::optional<Reply> refuse_value(const ObjectType& type, const ObjectProperty& property,
                                  const Json& given, const Call& call) {
  if (!takes(property, given)) {
    return bad_request(fmt::format("Invalid value specified for property '{}' of resource '{}'.",
                                   property.name, type.name));
  }
  if (!property.members) return std::nullopt;
  if (!given.is_array()) return refuse_members(type, *property.members, given, call);
  for (const Json& item : given) {
    if (auto refusal = refuse_members(type, *property.members, item, call)) return refusal;
  }
  return std::nullopt;
}

Json stored_value(const ComplexType* type, const Json& given, const Call& call) {
  if (given.is_array()) {
    Json list = Json::array();
    for (const Json& item : given) list.push_back(stored_value(type, item, call));
    return list;
  }
  if (!given.is_object()) return given;
  Json object = Json::object();
  for (const auto& [name, value] : given.items()) {
    if (is_annotation(name)) continue;
    const ObjectProperty* member = type ? property_named(type->properties, call, name) : nullptr;
    object[member ? std::string(member->name) : name] =
        stored_value(member ? member->members : nullptr, value, call);
  }
  return object;
}

Json shown_value(const ComplexType* type, const Json& held, const Call& call, bool is_selected) {
  if (!type || !held.is_structured()) return held;
  if (held.is_array()) {
    Json list = Json::array();
    for (const Json& item : held) list.push_back(shown_value(type, item, call, is_selected));
    return list;
  }
  Json object = Json::object();
  for (const auto& [name, value] : held.items()) {
    const auto member = std::find_if(type->properties.begin(), type->properties.end(),
                                     [&](const ObjectProperty& row) { return row.name == name; });
    if (member == type->properties.end()) {
      object[name] = value;
    } else if (is_in_version(*member, call)) {
      const bool is_hidden = member->shown == Shown::when_selected && !is_selected;
      object[std::string(name_in_version(*member, call))] =
          is_hidden ? Json() : shown_value(member->members, value, call, is_selected);
    }
  }
  return object;
}

}  // namespace syncwright::emulator
