#pragma once

#include <string>

#include "syncwright/expression/evaluator.h"

namespace syncwright::provisioning {

/// A user, group or other object of the source or target directory, its attributes under the names
/// of the synchronization schema.
struct DirectoryObject {
  std::string id;    ///< of the directory; empty where it has none yet
  std::string name;  ///< for people: a display name or the matching value
  expression::AttributeMap attributes;
};

}  // namespace syncwright::provisioning
