#pragma once

#include <string>

#include "syncwright/core/error.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::graph_write {

/// The synchronization rule that takes an object on demand. The names of objects are the schema's
/// own: `User`, `user`, `Worker`, `inetOrgPerson` (docs/graph.md#15, line 10).
struct OnDemandRule {
  std::string id;
  std::string name;         ///< the id where it has none
  std::string object_type;  ///< the mapping's source object
  std::string member_type;  ///< what the source calls the members of a group
  std::string source;       ///< the directory that objects come from
  /// Objects have a GUID there, users a user principal name. Elsewhere an id is what the source
  /// says it is: a distinguished name in a directory, a number in an HR system.
  bool from_entra = false;
};

/// `object`: a source object's name, case-sensitive as in manifests. `rule`: the name or id of one
/// where several take such objects, else empty. ErrorKind::invalid_input with the names that there
/// are.
[[nodiscard]] Result<OnDemandRule> choose_on_demand_rule(
    const schema::SynchronizationSchema& schema, const std::string& object,
    const std::string& rule);

}  // namespace syncwright::graph_write
