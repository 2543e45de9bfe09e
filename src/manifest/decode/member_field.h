#pragma once

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "syncwright/schema/members.h"

namespace syncwright {

/// The value of a managed member (schema/members.h), decoded as its row says.
template <class Request, class Value>
[[nodiscard]] std::optional<Value> as_member(const Field& field,
                                             const Member<Request, Value>& row) {
  if constexpr (std::is_same_v<Value, bool>) {
    return as_boolean(field);
  } else {
    return row.words == nullptr ? as_written(field) : as_word(row.words())(field);
  }
}

template <class Request, class Value>
void read_member(Keys& keys, const Member<Request, Value>& row, Request& request) {
  request.*row.value =
      keys.read(row.name, [&row](const Field& field) { return as_member(field, row); });
}

}  // namespace syncwright
