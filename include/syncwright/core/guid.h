#pragma once

#include <string_view>

namespace syncwright {

/// 8-4-4-4-12 hexadecimal digits, small or capital: how Graph spells the ids of objects and of
/// application templates. Text of this shape is looked up by id and not by display name.
[[nodiscard]] bool is_guid(std::string_view text);

}  // namespace syncwright
