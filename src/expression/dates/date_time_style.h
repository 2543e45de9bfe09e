#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace syncwright {

/// .NET's DateTimeStyles, as the sum of the flags.
inline constexpr unsigned adjust_to_universal = 16;

/// A name in any case, a sum of the flags as a number ("32" was seen in a live tenant), or several
/// of both with commas between them; "" is no flag. The error is a sentence
/// without its subject, "is `x`, which is none of .NET's".
[[nodiscard]] tl::expected<unsigned, std::string> parse_date_time_styles(std::string_view styles);

}  // namespace syncwright
