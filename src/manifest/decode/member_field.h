#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "manifest/decode/field.h"
#include "manifest/decode/keys.h"
#include "syncwright/schema/members.h"

namespace syncwright::manifest {

/// The value of a managed member (schema/members.h), decoded as its row says.
template <class Request, class Value>
[[nodiscard]] std::optional<Value> as_member(const Field& field,
                                             const schema::ManagedMember<Request, Value>& row) {
  if constexpr (std::is_same_v<Value, bool>) {
    return as_boolean(field);
  } else if constexpr (std::is_same_v<Value, std::int64_t>) {
    return read_integer(field, 0, std::numeric_limits<std::int32_t>::max());
  } else {
    return row.words == nullptr ? as_scalar(field) : as_word(row.words())(field);
  }
}

template <class Request, class Value>
void read_member(Keys& keys, const schema::ManagedMember<Request, Value>& row, Request& request) {
  request.*row.value =
      keys.read(row.name, [&row](const Field& field) { return as_member(field, row); });
}

/// A text, or `{absent: true}`: must be null.
template <class Request>
void read_member(Keys& keys, const schema::NullableText<Request>& row, Request& request) {
  const std::optional<Field> field = keys.find(row.name);
  if (!field) return;
  if (field->node().kind != YamlNode::Kind::mapping) {
    request.*row.value = as_scalar(*field);
    return;
  }
  if (!field->expect_mapping()) return;
  Keys inner(*field);
  request.*row.is_null = inner.require("absent", as_absent).value_or(false);
  inner.done();
}

}  // namespace syncwright::manifest
