#pragma once

#include <map>
#include <string>
#include <vector>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A value as logs and clauses show it: "True", numbers, lists joined by ", "; null is "".
[[nodiscard]] std::string as_text(const Json& value);

/// Account ids by source object id: what references resolve to.
using References = std::map<std::string, std::string>;

/// The values that an object mapping flows for one source object, by target attribute: bare
/// attributes and constants; functions flow nothing. `existing` is the account's last exported
/// values, null at creation, when defaults and ObjectAddOnly apply (API.md 8.1, 10.4). A null
/// source is not sent.
[[nodiscard]] Json flow_values(const Json& object_mapping, const Json& source, const Json& existing,
                               const References& references);

/// Target attributes with a matching priority, in its order.
[[nodiscard]] std::vector<std::string> matching_attributes(const Json& object_mapping);

/// The target attribute that says whether an account is active: the first one whose source reads
/// IsSoftDeleted or accountEnabled; empty where the mapping has none and leavers are deleted.
[[nodiscard]] std::string activity_attribute(const Json& object_mapping);

}  // namespace syncwright::emulator
