#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

#include "syncwright/expression/value.h"

namespace syncwright {

/// The whole number that a text writes, decimal with or without a sign or `&H`; nullopt for
/// anything else and for what 64 bits do not hold.
[[nodiscard]] std::optional<std::int64_t> parse_whole_number(std::string_view text);

/// Compares two decimal numbers of any length exactly; nullopt where one of them is no number.
[[nodiscard]] std::optional<std::strong_ordering> compare_numbers(std::string_view left,
                                                                  std::string_view right);

}  // namespace syncwright
