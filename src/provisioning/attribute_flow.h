#pragma once

#include <string>
#include <tl/expected.hpp>

#include "syncwright/core/json.h"
#include "syncwright/provisioning/mapping_program.h"

namespace syncwright {

/// From Graph's attributeMapping; every problem, each without naming the attribute mapping.
[[nodiscard]] tl::expected<AttributeFlow, std::vector<std::string>> compile_flow(
    const Json& attribute_mapping, const EvaluationSettings& settings);

/// "`adds` is no flow type; did you mean `Adds`?", or the list of `names` where none is near.
[[nodiscard]] std::string unknown_word(std::string_view what, std::string_view word,
                                       const std::vector<std::string>& names);

}  // namespace syncwright
