#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::report {

/// The people of an emulated tenant, for whoever writes manifests for it: a line for each user with
/// what keeps somebody from being provisioned like the others, then each group with its members.
/// `people`: {"tenant": {...}, "users": [...], "groups": [...]} of the emulator. Ends with a line
/// feed.
[[nodiscard]] std::string render_people(const Json& people);

}  // namespace syncwright::report
