#pragma once

#include <cstddef>
#include <string_view>

namespace syncwright {

/// What yaml-cpp does not tell: where a scalar ends, and whether its text stands there byte by
/// byte.
struct ScalarExtent {
  std::size_t begin = 0;       ///< of the scalar itself, behind tag and anchor
  std::size_t end = 0;         ///< one past it; of a block scalar: of its `|` or `>`
  std::size_t text_begin = 0;  ///< where `verbatim`
  bool verbatim = false;
  bool terminated =
      true;  ///< false: a quote without its end, which yaml-cpp lets pass at the end of a file
};

/// `at`: where yaml-cpp puts the scalar, which is at its tag or anchor where it has one.
[[nodiscard]] ScalarExtent find_extent(std::string_view text, std::size_t at,
                                       std::string_view value);

}  // namespace syncwright
