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

inline Json sample_of(const ObjectProperty& row, const Call& call);

/// A value with every member that the version has; any member where the type is open.
inline Json sample_of(const ComplexType* type, const Call& call) {
  if (!type) return {{"given", {{"deep", true}}}};
  Json sample = Json::object();
  for (const ObjectProperty& member : type->properties) {
    if (!is_in_version(member, call)) continue;
    sample[std::string(name_in_version(member, call))] = sample_of(member, call);
  }
  return sample;
}

/// A text that the property takes.
inline std::string sample_text_of(const ObjectProperty& row) {
  if (row.words.empty()) return "a new " + std::string(row.name);
  return std::string(row.words.substr(row.words.rfind(' ') + 1));
}

/// A value that the property takes and that is not its default.
inline Json sample_of(const ObjectProperty& row, const Call& call) {
  switch (row.type) {
    case PropertyType::boolean:
      return row.initial != "true";
    case PropertyType::optional_boolean:
      return true;
    case PropertyType::integer:
      return 2;
    case PropertyType::moment:
      return "2026-01-02T03:04:05Z";
    case PropertyType::text:
    case PropertyType::required_text:
      return sample_text_of(row);
    case PropertyType::guid:
      return sample_guid;
    case PropertyType::texts:
      if (!row.words.empty()) return Json::array({sample_text_of(row)});
      return {"one", "two"};
    case PropertyType::object:
      return sample_of(row.members, call);
    case PropertyType::objects:
      return Json::array({sample_of(row.members, call)});
  }
  return nullptr;
}

/// "/beta" or "" before a path of the fixture.
inline std::string prefix_of(const std::string& version) {
  return version == "beta" ? "/beta" : "";
}

}  // namespace syncwright::emulator
