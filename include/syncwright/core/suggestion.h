#pragma once

#include <span>
#include <string>
#include <string_view>

namespace syncwright {

/// The candidate that `word` was probably meant to be: within an edit distance of a third of its
/// length (at least 1), without regard to case; empty where none is near.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// "did you mean `x`?" for the nearest candidate, else empty.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace syncwright
