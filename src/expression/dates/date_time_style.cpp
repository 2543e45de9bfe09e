#include "expression/dates/date_time_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "expression/functions/number.h"
#include "syncwright/core/ascii.h"
#include "syncwright/expression/quoted.h"

namespace syncwright {
namespace {

struct NamedStyle {
  std::string_view name;
  unsigned flags;
};

/// https://learn.microsoft.com/dotnet/api/system.globalization.datetimestyles
constexpr std::array known_styles{
    NamedStyle{"None", 0},
    NamedStyle{"AllowLeadingWhite", 1},
    NamedStyle{"AllowTrailingWhite", 2},
    NamedStyle{"AllowInnerWhite", 4},
    NamedStyle{"AllowWhiteSpaces", 7},
    NamedStyle{"NoCurrentDateDefault", 8},
    NamedStyle{"AdjustToUniversal", adjust_to_universal},
    NamedStyle{"AssumeLocal", 32},
    NamedStyle{"AssumeUniversal", 64},
    NamedStyle{"RoundtripKind", 128},
};
constexpr std::int64_t all_flags = 255;

std::optional<unsigned> flags_of(std::string_view style) {
  if (style.empty()) return 0;
  for (const NamedStyle& known : known_styles) {
    if (ascii::equal_ignoring_case(style, known.name)) return known.flags;
  }
  const std::optional<std::int64_t> number = parse_whole_number(style);
  if (!number || *number < 0 || *number > all_flags) return std::nullopt;
  return static_cast<unsigned>(*number);
}

}  // namespace

tl::expected<unsigned, std::string> parse_date_time_styles(std::string_view styles) {
  unsigned sum = 0;
  while (!styles.empty()) {
    const std::size_t comma = std::min(styles.find(','), styles.size());
    const std::string_view style = ascii::trimmed(styles.substr(0, comma), " ");
    const std::optional<unsigned> flags = flags_of(style);
    if (!flags) {
      return tl::unexpected(fmt::format("is {}, which is none of .NET's", quoted(style)));
    }
    sum |= *flags;
    styles.remove_prefix(std::min(comma + 1, styles.size()));
  }
  return sum;
}

}  // namespace syncwright
