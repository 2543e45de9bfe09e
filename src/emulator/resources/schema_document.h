#pragma once

#include <optional>
#include <string>

#include "emulator/exchange.h"
#include "syncwright/core/json.h"

/// What the service does with a synchronizationSchema that is written: it completes the document,
/// then checks it.
namespace syncwright::emulator {

/// Fills what a minimal synchronizationSchema leaves out with the service's defaults
/// (docs/graph.md#10.1), writes `expression` of the mapping sources that have a tree only and the
/// tree of those that have their text only, and sorts attribute mappings by target attribute.
/// Members that it does not know stay.
void complete_schema(Json& schema);

/// The text of a mapping source's tree. A function's own text is kept where there is one: an
/// omitted argument has no place in the tree (docs/graph.md#9.2).
[[nodiscard]] std::string expression_text(const Json& source);

/// What the service refuses in a PUT (docs/graph.md#5.6): 406 for an enum member spelled wrong, 400
/// UnknownError with nested JSON for the rest: a document without rules or directories, a rule
/// whose directory or an object mapping whose object is missing, a mapped object without anchor, a
/// mapping from or to an attribute that is not defined. `schema` went through complete_schema.
/// [G] Whether a document may bring rules that the one before lacks is not documented: it may.
[[nodiscard]] std::optional<Reply> check_schema(const Json& schema);

}  // namespace syncwright::emulator
