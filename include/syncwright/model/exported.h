#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "syncwright/model/desired.h"
#include "syncwright/model/live.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::model {

// What the tenant holds of one application, as far as a manifest can say it: what export reads and
// writes manifests from. Holds no secret: Graph masks them.

/// An assigned principal, named so that a manifest means this one and no other.
struct ExportedMember {
  DesiredMember::Type type = DesiredMember::Type::user;
  std::string principal;  ///< UPN, display name where only one has it, else the object id
  std::string app_role_id;
};

/// A job, and the schema that its manifest is compared with.
struct ExportedJob {
  LiveJob job;              ///< with its schema
  std::string template_id;  ///< the one it was made from; empty where nothing says it
  /// The schema that a new job of the template has; nullptr where that cannot be read.
  std::shared_ptr<const schema::SynchronizationSchema> standard;
};

/// One application with all that export writes of it.
struct ExportedApplication {
  LiveReference reference;
  std::string gallery;  ///< what `gallery` of a manifest is: a display name that only one template
                        ///< has, else the id
  std::string gallery_name;  ///< its display name; empty where the gallery has it not
  std::vector<std::string> tags;
  std::vector<LiveSecret> secrets;        ///< sorted by key
  std::vector<std::string> template_ids;  ///< the default one first
  std::vector<ExportedJob> jobs;          ///< sorted by id
  std::vector<LiveAppRole> app_roles;
  std::vector<ExportedMember> members;  ///< sorted by type and principal
  std::string unread_members;           ///< why `members` is not whole; empty where it is
  /// The name that it has in this project already; empty where the project does not own it.
  std::string name;
};

}  // namespace syncwright::model
