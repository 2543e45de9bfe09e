#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "syncwright/core/json.h"
#include "syncwright/schema/customization.h"
#include "syncwright/schema/members.h"

namespace syncwright::schema {

/// What a manifest can say (docs/contract.md#3) of values that are found live; nullopt for what it
/// cannot. The manifest floor refuses the rest: unknown words, and texts that no parser would take
/// back.

/// One of `words`; nullptr: any text.
[[nodiscard]] std::optional<std::string> expressible_text(const Json& value, const Words* words);
/// Numbers are not negative and within 32 bits.
[[nodiscard]] std::optional<std::int64_t> expressible_number(const Json& value);

/// The value of a managed member.
template <class Request, class Value>
[[nodiscard]] std::optional<Value> expressible(const ManagedMember<Request, Value>& row,
                                               const Json& value) {
  if constexpr (std::is_same_v<Value, bool>) {
    return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
  } else if constexpr (std::is_same_v<Value, std::int64_t>) {
    return expressible_number(value);
  } else {
    return expressible_text(value, row.words == nullptr ? nullptr : &row.words());
  }
}

/// Asks for a member that differs; false where it does not, or where no manifest can say it.
template <class Request, class Value>
bool ask_for_difference(const Json& before, const Json& after,
                        const ManagedMember<Request, Value>& row, Request& request) {
  if (before[row.name] == after[row.name]) return false;
  request.*row.value = expressible(row, after[row.name]);
  return (request.*row.value).has_value();
}

/// The same of a text that may have to be null.
template <class Request>
bool ask_for_difference(const Json& before, const Json& after, const NullableText<Request>& row,
                        Request& request) {
  const Json& value = after[row.name];
  if (before[row.name] == value) return false;
  request.*row.value = expressible_text(value, nullptr);
  request.*row.is_null = value.is_null();
  return request.*row.is_null || (request.*row.value).has_value();
}

/// Asks for the source of a canonical mapping, an expression as the parser reads its text, and for
/// the text as its author wrote it: what the document holds, where that means the same and is no
/// rendering of the service, which fills up what a call may leave out. False where no manifest can
/// say it.
bool ask_source(const Json& mapping, AttributeMappingRequest& request);

bool ask_for_difference(const Json& before, const Json& after,
                        const SourceMember<AttributeMappingRequest>& row,
                        AttributeMappingRequest& request);

/// Asks for every managed member in which two canonical parts differ; false where that is nothing
/// that can be said.
template <class Request>
bool ask_for_differences(const Json& before, const Json& after, Request& request) {
  bool asks = false;
  for_each_member<Request>([&](const auto& row) {
    if (ask_for_difference(before, after, row, request)) asks = true;
  });
  return asks;
}

/// The same of an object mapping's lists and filters, of their words (canonical.h): no filter is
/// `absent`.
[[nodiscard]] std::optional<std::vector<std::string>> expressible(
    const ManagedMember<ObjectMappingRequest, std::vector<std::string>>& row, const Json& words);
[[nodiscard]] std::optional<ScopingFilterRequest> expressible(
    const ManagedMember<ObjectMappingRequest, ScopingFilterRequest>& row, const Json& words);

}  // namespace syncwright::schema
