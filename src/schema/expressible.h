#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

/// What a manifest can say (docs/contract.md#3) of values that are found live; nullopt for what it
/// cannot. The manifest floor refuses the rest: unknown words, and texts that no parser would take
/// back.

/// A word that Graph's enum of `member` has (docs/graph.md#10.3); any text for a defaultValue.
[[nodiscard]] std::optional<std::string> expressible_text(const std::string& member,
                                                          const Json& value);
[[nodiscard]] std::optional<std::int64_t> expressible_priority(const Json& value);

/// `source` as it is in the document; `matches`: of a matching attribute. An expression comes as
/// the parser reads its text.
[[nodiscard]] std::optional<MappingSource> expressible_source(const Json& source, bool matches);

/// The text of such an expression as its author wrote it: what the document holds, where that means
/// the same and is no rendering of the service, which fills up what a call may leave out.
[[nodiscard]] std::string authored_text(const Json& source, const Expression& expression,
                                        bool matches);

/// `scope` as it is in the document; no groups are `absent`.
[[nodiscard]] std::optional<ScopingFilterRequest> expressible_filter(const Json& scope);

}  // namespace syncwright
