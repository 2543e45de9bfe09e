#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace syncwright {

/// Where `[` and `{` of a YAML text nest deeper than `max_depth`: one past the bracket that goes
/// too deep; nullopt where none does. One pass, without memory. Block collections do not count.
/// What is a bracket and what a character of a text is told as YAML does, but for multi-line plain
/// scalars in odd places, where a text may be taken for brackets.
[[nodiscard]] std::optional<std::size_t> find_deep_flow(std::string_view text, int max_depth);

}  // namespace syncwright
