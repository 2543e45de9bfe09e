#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/schema/synchronization_schema.h"

namespace syncwright {

/// Where the members of a JSON object lie in a text. The text has to be valid JSON (it was
/// decoded); on anything else the answer is meaningless but stays inside the text.
struct JsonMemberSpan {
  std::string key;  ///< unescaped
  TextSpan key_span;
  TextSpan value_span;
};

/// In the order of the text, repeated keys included.
[[nodiscard]] std::vector<JsonMemberSpan> members_of(std::string_view text, TextSpan object);

/// The value of the member of that name, the last one where it repeats, as decoders have it; empty
/// where there is none.
[[nodiscard]] TextSpan member_value(std::string_view text, TextSpan object, std::string_view key);

/// The end of the value that begins at `begin`: one past its last byte.
[[nodiscard]] std::size_t end_of_value(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace syncwright
