#pragma once

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

}  // namespace syncwright::emulator
