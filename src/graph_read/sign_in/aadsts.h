#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::graph_read {

/// What the number of a token endpoint's refusal means and what to do about it, in plain words
/// (docs/graph.md#2.1); empty where the number is not known. `body` is the refusal's.
[[nodiscard]] std::string aadsts_advice(const Json& body);

/// Whether the refusal is about the time: an assertion that is not valid yet or any more.
[[nodiscard]] bool is_about_time(const Json& body);

}  // namespace syncwright::graph_read
