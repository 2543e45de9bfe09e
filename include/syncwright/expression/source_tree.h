#pragma once

#include <map>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/expression/expression.h"

namespace syncwright::expression {

/// The text as the service renders it (docs/expressions.md#4.1): `", "` between arguments, an empty
/// argument as nothing, Integer-typed constants bare inside a call, quotes and backslashes escaped.
[[nodiscard]] std::string render_expression(const Expression& expression);

/// The same as its author would write it: without the empty places at the end of a call, which the
/// service fills in (`ToUpper([jobTitle], )`). Parses to an equal expression.
[[nodiscard]] std::string author_text(const Expression& expression);

/// Graph's attributeMappingSource: expression, name, type, parameters, for every node
/// (docs/expressions.md#4). Parameter keys come from the function table; an unknown function's are
/// "arg1", "arg2", ... and unproven (`has_proven_keys`).
[[nodiscard]] Json to_source_tree(const Expression& expression);

/// The parameter keys of a job's own functions, in order, by function name (Graph's
/// `schema/functions`, docs/graph.md#5.6). `repeats`: the last key goes on for further arguments.
struct FunctionKeys {
  /// Of one function.
  struct Keys {
    std::vector<std::string> names;
    bool repeats = false;
  };
  std::map<std::string, Keys> functions;
};

/// Whether every key that `to_source_tree` would write is attested (bold in docs/expressions.md#3).
[[nodiscard]] bool has_proven_keys(const Expression& expression);

/// The expression that a live tree means; the tree wins over its text (docs/graph.md#14.13). Where
/// keys tell no position the order does. Depth bounded; the error says which node is not a source.
[[nodiscard]] tl::expected<Expression, std::string> from_source_tree(const Json& source);

}  // namespace syncwright::expression
