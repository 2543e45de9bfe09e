#pragma once

#include <string>

#include "syncwright/model/desired.h"

namespace syncwright {

/// Parts of a plan file's `desired` (desired_reader.cpp): what an application is to its owner, and
/// what a project allows.
[[nodiscard]] Result<Adopt> adopt_of(const Json& json, const std::string& path);
[[nodiscard]] Result<DesiredAssignments> assignments_of(const Json& json, const std::string& path);
[[nodiscard]] Result<Guards> guards_of(const Json& json, const std::string& path);
[[nodiscard]] Result<BaseSchema> base_schema_of(const Json& json, const std::string& path);
[[nodiscard]] Result<std::vector<std::string>> texts_of(const Json& json, const std::string& path);

}  // namespace syncwright
