#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/members.h"

namespace syncwright {

/// What a manifest can say (docs/contract.md#3) of values that are found live; nullopt for what it
/// cannot. The manifest floor refuses the rest: unknown words, and texts that no parser would take
/// back.

/// One of `words`; nullptr: any text.
[[nodiscard]] std::optional<std::string> expressible_text(const Json& value, const Words* words);
[[nodiscard]] std::optional<std::int64_t> expressible_priority(const Json& value);

/// The value of a managed member.
template <class Request, class Value>
[[nodiscard]] std::optional<Value> expressible(const Member<Request, Value>& row,
                                               const Json& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
  } else {
    return expressible_text(value, row.words == nullptr ? nullptr : &row.words());
  }
}

/// Asks for a member that differs; false where it does not, or where no manifest can say it.
template <class Request, class Value>
bool ask_for_difference(const Json& before, const Json& after, const Member<Request, Value>& row,
                        Request& request) {
  if (before[row.name] == after[row.name]) return false;
  request.*row.value = expressible(row, after[row.name]);
  return (request.*row.value).has_value();
}

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
