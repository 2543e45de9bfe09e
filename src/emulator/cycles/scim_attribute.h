#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// The value of a schema's attribute on a SCIM resource, by its path there: "userName",
/// "name.givenName", `emails[type eq "work"].value`,
/// "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department". What is an object with
/// a "value", as the manager is, counts as that value. null where there is none.
[[nodiscard]] Json scim_attribute(const Json& resource, const std::string& path);

}  // namespace syncwright::emulator
