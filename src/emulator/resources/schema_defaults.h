#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// Fills what a minimal synchronizationSchema leaves out with the service's defaults
/// (docs/graph.md#10.1), writes `expression` of the mapping sources that have a tree only and the
/// tree of those that have their text only, and sorts attribute mappings by target attribute.
/// Members that it does not know stay.
void complete_schema(Json& schema);

/// The text of a mapping source's tree. A function's own text is kept where there is one: an
/// omitted argument has no place in the tree (docs/graph.md#9.2).
[[nodiscard]] std::string expression_text(const Json& source);

}  // namespace syncwright::emulator
