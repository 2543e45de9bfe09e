#pragma once

#include <string>
#include <vector>

#include "emulator/resources/object_type.h"
#include "tenant_fixture.h"

namespace syncwright::emulator {

inline constexpr const char* sample_guid = "11111111-2222-4333-8444-555555555555";

/// A call of that version, for what asks a row of the table.
inline Call call_of(const std::string& version) {
  Call call;
  call.version = version;
  return call;
}

/// What the version has, under its names.
inline std::vector<const ObjectProperty*> properties_of(const ObjectType& type, const Call& call) {
  std::vector<const ObjectProperty*> rows;
  for (const ObjectProperty& row : type.properties) {
    if (is_in_version(row, call)) rows.push_back(&row);
  }
  return rows;
}

/// A value that the property takes and that is not its default.
inline Json sample_of(const ObjectProperty& row) {
  switch (row.type) {
    case PropertyType::boolean:
      return row.initial != "true";
    case PropertyType::optional_boolean:
      return true;
    case PropertyType::text:
    case PropertyType::required_text:
      if (row.words.empty()) return "a new " + std::string(row.name);
      return std::string(row.words.substr(row.words.rfind(' ') + 1));
    case PropertyType::guid:
      return sample_guid;
    case PropertyType::texts:
      return {"one", "two"};
    case PropertyType::object:
      return {{"given", {{"deep", true}}}};
    case PropertyType::objects:
      return Json::array({{{"id", sample_guid},
                           {"allowedMemberTypes", {"User"}},
                           {"description", "told"},
                           {"displayName", "Told"},
                           {"isEnabled", true},
                           {"origin", "Application"},
                           {"value", "told"}}});
  }
  return nullptr;
}

/// "/beta" or "" before a path of the fixture.
inline std::string prefix_of(const std::string& version) {
  return version == "beta" ? "/beta" : "";
}

}  // namespace syncwright::emulator
