#pragma once

#include <set>
#include <string>
#include <vector>

#include "store.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// The value of a directory schema's attribute on a Graph user or group: the two vocabularies
/// differ (`objectId` is `id`, `telephoneNumber` the first of `businessPhones`, ...). null where
/// there is none.
[[nodiscard]] Json source_attribute(const Json& object, const std::string& name);

/// Neither soft-deleted nor disabled (API.md 8.4, step 4).
[[nodiscard]] bool is_active(const Json& object);

/// The objects of a source object name: "User", "Group"; none of any other.
[[nodiscard]] const std::vector<Json>& source_objects(const Store& store,
                                                      const std::string& object_name);

/// Who is assigned to a service principal: users, groups, and the direct members of the groups.
/// SyncAll makes everybody entitled.
struct Entitlement {
  bool everybody = false;
  std::set<std::string> ids;

  [[nodiscard]] bool covers(const Json& object) const;
};
[[nodiscard]] Entitlement entitlement(const Store& store, const std::string& service_principal);

/// Whether the object passes a `filter` of API.md 9.3: groups are joined by or, clauses by and.
/// null and a filter without groups pass everything.
[[nodiscard]] bool passes_scoping_filter(const Json& filter, const Json& object);

}  // namespace syncwright::emulator
