#pragma once

#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"

namespace syncwright::schema {

/// A filter's groups in the manifest's words, brought to one order (docs/graph.md#12: group order
/// and clause order do not count): [{"name": .., "all": [{"attribute": .., "operator": ..,
/// "values":
/// [..]}]}]. Empty names and empty lists of values are left out; null for no groups at all.
[[nodiscard]] Json canonical_groups(const Json& groups);

/// `{"any": canonical_groups}` of a live scope, null where it has no groups.
[[nodiscard]] Json scope_words(const Json& scope);

/// The same of a request, its groups and clauses in its own order; null for no filter.
[[nodiscard]] Json filter_words(const ScopingFilterRequest& request);

/// What has to be written so that a live scope equals the request.
struct ScopeReplacement {
  bool whole = false;  ///< `text` is the whole scope, else the value of its member `groups`
  std::string text;
};

/// nullopt where both mean the same. A group's name counts only where the request gives one.
/// inputFilterGroups and categoryFilterGroups of the live filter stay: no request manages them.
[[nodiscard]] std::optional<ScopeReplacement> scope_replacement(
    const Json& live, const ScopingFilterRequest& request);

}  // namespace syncwright::schema
