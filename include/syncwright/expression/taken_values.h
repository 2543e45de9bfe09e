#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright {

/// What SelectUniqueValue asks, answered from a list of values that are taken; case does not count
/// (EvaluationInput::is_taken). Empty for an empty list.
[[nodiscard]] std::function<bool(std::string_view)> taken_values(
    const std::vector<std::string>& values);

}  // namespace syncwright
