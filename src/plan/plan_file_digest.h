#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright {

/// Of everything that a plan file holds but its time and the digest itself: equal plans have equal
/// ones, and an edit of what nothing else tells (a manifest line, say) shows.
[[nodiscard]] std::string plan_file_digest(Json document);

}  // namespace syncwright
