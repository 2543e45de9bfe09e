#include "target_value.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "source_object.h"

namespace syncwright::emulator {

namespace {

constexpr std::array<std::string_view, 4> reference_attributes{"manager", "members", "owners",
                                                               "sponsors"};

const Json& mappings_of(const Json& object_mapping) {
  static const Json none = Json::array();
  const Json& mappings = member_or_null(object_mapping, "attributeMappings");
  return mappings.is_array() ? mappings : none;
}

/// The accounts of the objects that a reference names; those without an account are left out.
Json resolved(const Json& value, const References& references) {
  const auto account = [&](const Json& id) {
    const auto found = id.is_string() ? references.find(id.get<std::string>()) : references.end();
    return found == references.end() ? Json(nullptr) : Json(found->second);
  };
  if (!value.is_array()) return account(value);
  Json accounts = Json::array();
  for (const Json& id : value) {
    Json found = account(id);
    if (!found.is_null()) accounts.push_back(std::move(found));
  }
  std::sort(accounts.begin(), accounts.end());
  return accounts;
}

bool is_reference(const std::string& attribute) {
  return std::find(reference_attributes.begin(), reference_attributes.end(), attribute) !=
         reference_attributes.end();
}

Json normalized(const Json& value) {
  if (value.is_array() || value.is_null()) return value;
  return as_text(value);
}

Json source_value(const Json& mapping_source, const Json& source, const References& references) {
  const std::string type = string_or(mapping_source, "type");
  std::string name = string_or(mapping_source, "name");
  if (type == "Constant") return name;
  if (type != "Attribute") return nullptr;
  const Json value = source_attribute(source, name);
  return is_reference(name) ? resolved(value, references) : normalized(value);
}

bool reads_activity(const Json& mapping_source) {
  const std::string name = string_or(mapping_source, "name");
  if (string_or(mapping_source, "type") == "Attribute" &&
      (name == "IsSoftDeleted" || name == "accountEnabled")) {
    return true;
  }
  const Json& parameters = member_or_null(mapping_source, "parameters");
  return std::any_of(parameters.begin(), parameters.end(), [](const Json& parameter) {
    return reads_activity(member_or_null(parameter, "value"));
  });
}

bool is_empty(const Json& value) {
  return value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty()) ||
         (value.is_array() && value.empty());
}

}  // namespace

std::string as_text(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const Json& item : value) text += (text.empty() ? "" : ", ") + as_text(item);
  return text;
}

Json flow_values(const Json& object_mapping, const Json& source, const Json& existing,
                 const References& references) {
  Json values = Json::object();
  const bool creates = existing.is_null();
  for (const Json& mapping : mappings_of(object_mapping)) {
    const std::string target = string_or(mapping, "targetAttributeName");
    const std::string flow_type = string_or(mapping, "flowType", "Always");
    const Json& mapping_source = member_or_null(mapping, "source");
    if (string_or(mapping_source, "type") == "Function") continue;
    if (!creates && flow_type == "ObjectAddOnly") continue;
    if (flow_type == "AttributeAddOnly" && !is_empty(member_or_null(existing, target.c_str()))) {
      continue;
    }
    Json value = source_value(mapping_source, source, references);
    if (is_empty(value) && creates) value = member_or_null(mapping, "defaultValue");
    const bool empties_a_list = value.is_array() && existing.contains(target);
    if (!is_empty(value) || empties_a_list) values[target] = std::move(value);
  }
  return values;
}

std::vector<std::string> matching_attributes(const Json& object_mapping) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const Json& mapping : mappings_of(object_mapping)) {
    const std::int64_t priority = int_or(mapping, "matchingPriority", 0);
    if (priority > 0) found.emplace_back(priority, string_or(mapping, "targetAttributeName"));
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  names.reserve(found.size());
  for (auto& [priority, name] : found) names.push_back(std::move(name));
  return names;
}

std::string activity_attribute(const Json& object_mapping) {
  for (const Json& mapping : mappings_of(object_mapping)) {
    if (reads_activity(member_or_null(mapping, "source"))) {
      return string_or(mapping, "targetAttributeName");
    }
  }
  return {};
}

}  // namespace syncwright::emulator
