#pragma once

#include <functional>
#include <string_view>

namespace syncwright {

/// Whether the test holds for the value of any Secret that is not empty and lives. No Secret is
/// made or moved meanwhile: the test must not make one.
[[nodiscard]] bool any_held_secret(const std::function<bool(std::string_view)>& test);

}  // namespace syncwright
