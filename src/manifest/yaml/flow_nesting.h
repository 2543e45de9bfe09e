#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace syncwright {

/// Where a flow collection goes too deep.
struct DeepFlow {
  std::size_t end;      ///< one past the bracket that goes too deep
  std::string closing;  ///< the brackets that close all that are open there
};

/// Where `[` and `{` of a YAML text nest deeper than `max_depth`; nullopt where none does. One pass
/// over the text. Block collections do not count. Brackets are told from characters of a text as
/// YAML does, but for multi-line plain scalars in odd places, where a text may be taken for
/// brackets.
[[nodiscard]] std::optional<DeepFlow> find_deep_flow(std::string_view text, int max_depth);

}  // namespace syncwright
