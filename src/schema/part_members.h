#pragma once

#include "schema/part_reader.h"
#include "syncwright/schema/synchronization_schema.h"

/// Which members of a part the index has; all others are passed over.
namespace syncwright::schema {

[[nodiscard]] bool read(PartReader& reader, ondemand::value value, DirectoryDefinition& directory);
[[nodiscard]] bool read(PartReader& reader, ondemand::value value, SynchronizationRule& rule);
[[nodiscard]] bool read(PartReader& reader, ondemand::value value, ObjectMapping& mapping);

}  // namespace syncwright::schema
