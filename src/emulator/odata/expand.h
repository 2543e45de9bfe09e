#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emulator/exchange.h"

/// `$expand`: related objects inside the answer (docs/graph.md#4). A resource lists what it can
/// expand; whatever else a request names is refused, so that nothing is left out in silence.
namespace syncwright::emulator {

/// A navigation property that `$expand` may name.
struct Expansion {
  std::string_view name;
  /// The objects that `item` is related to, as they are shown: an array. `item` is the object as it
  /// is stored.
  Json (*related)(const Exchange& exchange, const Json& item);
};

/// The refusal of an `$expand` that names anything but one of `expansions`, or asks for more than
/// `$select` inside it.
[[nodiscard]] std::optional<Reply> check_expand(const Exchange& exchange,
                                                std::span<const Expansion> expansions);
/// Adds to `shown` what `$expand` names, at most 20 objects. For a request that passed
/// `check_expand`.
void expand(const Exchange& exchange, std::span<const Expansion> expansions, const Json& item,
            Json& shown);
/// "owners()": how the context of the answer tells it; empty without `$expand`.
[[nodiscard]] std::string expanded_context(const Exchange& exchange);

}  // namespace syncwright::emulator
