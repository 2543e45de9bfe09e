#pragma once

#include "syncwright/core/json.h"

namespace syncwright::schema {

/// Whether a changed filter may let in an object that it kept out: true unless the opposite is
/// proven. Both are filter groups in the manifest's words (schema_diff.h), null where there is no
/// filter. Groups OR, clauses AND (docs/expressions.md#5), and no groups let everybody in:
///   a filter where none was                 false
///   the last group removed                  true
///   a group added, a clause removed         true
///   a group removed beside others           false
///   a clause added                          false
///   a clause changed                        true
/// Names of groups do not count, nor does the order of groups and clauses. A group without clauses
/// proves nothing. Whether a filter may keep out more is the same question with the two exchanged.
[[nodiscard]] bool may_widen(const Json& before, const Json& after);

/// The same of a rule's containerFilter or groupFilter as schema_diff.h has it: what is included by
/// name, null for everything.
[[nodiscard]] bool may_include_more(const Json& before, const Json& after);

}  // namespace syncwright::schema
