#include "syncwright/core/packed_json.h"

#include <algorithm>

namespace syncwright {

PackedJson PackedJson::pack(const Json& value) {
  return value.is_null() ? PackedJson() : copy_of(printed_json(value));
}

PackedJson PackedJson::copy_of(std::string_view text) {
  PackedJson packed;
  if (text.empty()) return packed;
  packed.text_ = std::make_unique<char[]>(text.size() + 1);
  std::copy(text.begin(), text.end(), packed.text_.get());
  return packed;
}

std::string_view PackedJson::text() const {
  return is_null() ? std::string_view() : std::string_view(text_.get());
}

Json PackedJson::unpack() const {
  return is_null() ? Json() : Json::parse(text(), nullptr, /*allow_exceptions=*/false);
}

bool operator==(const PackedJson& left, const PackedJson& right) {
  return left.text() == right.text() || left.unpack() == right.unpack();
}

}  // namespace syncwright
