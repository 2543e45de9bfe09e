#pragma once

#include <map>
#include <string>
#include <vector>

#include "emulator/store/store.h"
#include "syncwright/core/json.h"
#include "syncwright/provisioning/directory_object.h"

namespace syncwright::emulator {

/// The value of a directory schema's attribute on a Graph user or group: the two vocabularies
/// differ (`objectId` is `id`, `telephoneNumber` the first of `businessPhones`, ...); an uploaded
/// user's is a SCIM path. null where there is none.
[[nodiscard]] Json source_attribute(const Json& object, const std::string& name);

/// The other way round: sets what `source_attribute` reads. Of an uploaded user nothing is set.
void set_source_attribute(Json& object, const std::string& name, const expression::Value& value);

/// The same object as mappings read it, with the attributes of these names only.
[[nodiscard]] provisioning::DirectoryObject directory_object(
    const Json& object, const std::vector<std::string>& attributes);

/// In the deleted items: `deletedDateTime` is set.
[[nodiscard]] bool is_soft_deleted(const Json& object);
/// Neither soft-deleted nor disabled (docs/graph.md#8.4, step 4).
[[nodiscard]] bool is_active(const Json& object);

/// The objects of a source object name: "User", "Group"; none of any other.
[[nodiscard]] const Table<Json>& source_objects(const Store& store, const std::string& object_name);
/// The one of that id; nullptr where there is none.
[[nodiscard]] const Json* find_source(const Store& store, const std::string& object_name,
                                      const std::string& id);

/// Who is assigned to a service principal: users, groups, and the direct members of the groups.
/// SyncAll makes everybody entitled.
struct Entitlement {
  bool everybody = false;
  /// The app roles of each, by object id: its own and those of its groups, in the order of the
  /// assignments. Default access is no role.
  std::map<std::string, std::vector<expression::AppRole>> roles;

  [[nodiscard]] bool covers(const std::string& id) const;
  [[nodiscard]] const std::vector<expression::AppRole>& roles_of(const std::string& id) const;
};
[[nodiscard]] Entitlement entitlement(const Store& store, const std::string& service_principal);

}  // namespace syncwright::emulator
