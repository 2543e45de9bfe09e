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
  Json (*related)(const Exchange& exchange, const Json& item) = nullptr;
  /// In place of `related` where there is at most one object: null where there is none.
  /// `everything` where a `$select` inside chooses among its properties. The answer may be an
  /// `item` again, so that `$levels` follows it.
  Json (*single)(const Exchange& exchange, const Json& item, bool everything) = nullptr;
};

/// The refusal of an `$expand` that names anything but one of `expansions`, or asks for more than
/// `$select`, and of a single object `$levels`, inside it.
[[nodiscard]] std::optional<Reply> check_expand(const Exchange& exchange,
                                                std::span<const Expansion> expansions);
/// Adds to `shown` what `$expand` names, at most 20 objects; nothing for a single one that is not
/// there. For a request that passed `check_expand`.
void expand(const Exchange& exchange, std::span<const Expansion> expansions, const Json& item,
            Json& shown);
/// "owners()": how the context of the answer tells it; empty without `$expand`.
[[nodiscard]] std::string expanded_context(const Exchange& exchange);

}  // namespace syncwright::emulator
