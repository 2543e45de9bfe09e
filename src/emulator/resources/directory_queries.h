#pragma once

#include <vector>

#include "emulator/odata/listing.h"

namespace syncwright::emulator {

enum class DirectoryType { user, group, application, service_principal };

/// How a collection of the directory may be filtered, sorted and searched: each property with what
/// it takes without and what only with ConsistencyLevel, as the reference lists them
/// (docs/graph.md#4.2).
[[nodiscard]] Listing directory_listing(DirectoryType type);
/// The same of the deleted items of a type.
[[nodiscard]] Listing deleted_items_listing(DirectoryType type);
/// The same of a list of objects of several types: members of a group.
[[nodiscard]] Listing directory_objects_listing();

/// What the request's list may show of the objects: all that its filter lets through is among them.
[[nodiscard]] std::vector<const Json*> listed_objects(const Exchange& exchange,
                                                      const Collection& objects);

}  // namespace syncwright::emulator
