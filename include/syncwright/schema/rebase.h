#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "syncwright/schema/overlay.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::schema {

/// A whole document of the portal or of Graph (`schema: {file: ...}`) made one that a PUT of
/// `live`'s job accepts: schema, rule and directory ids are the live ones, directories are matched
/// by name (both brand names of Entra ID are one), objects by name and ordinal, object mappings by
/// source and target object (docs/graph.md#12). What only the live document has (server-set
/// members, directories, rules) is kept. Where the two agree canonically the live bytes stay, so
/// that a rebased document without a difference is byte-equal to `live`. A problem (SW5009..)
/// where a rule or directory of `base` has no counterpart.
[[nodiscard]] tl::expected<SynchronizationSchema, std::vector<OverlayProblem>> rebase(
    const SynchronizationSchema& base, const SynchronizationSchema& live);

}  // namespace syncwright::schema
