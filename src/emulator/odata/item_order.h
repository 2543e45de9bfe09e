#pragma once

#include <optional>
#include <vector>

#include "emulator/odata/listing.h"

namespace syncwright::emulator {

/// Sorts by the keys of `$orderby`, the first above all; what they do not part keeps its order. The
/// refusal where the collection is not sorted so. `is_advanced`: the request has ConsistencyLevel
/// and `$count=true`.
[[nodiscard]] std::optional<Reply> sort_items(const Exchange& exchange, const Listing& listing,
                                              bool is_advanced, std::vector<const Json*>& items);

}  // namespace syncwright::emulator
