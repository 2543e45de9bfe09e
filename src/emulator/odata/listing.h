#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/exchange.h"
#include "emulator/odata/expand.h"
#include "emulator/odata/filter.h"

namespace syncwright::emulator {

/// A property that `$orderby` may name.
struct SortRule {
  std::string_view property;
  bool is_advanced = false;  ///< with ConsistencyLevel and `$count=true` only
};

/// How a collection is listed (docs/graph.md#4): what may be filtered and how its pages are asked
/// for.
struct Listing {
  std::string context;                  ///< after `$metadata#`
  std::string_view type;                ///< "servicePrincipal", for errors
  std::span<const FilterRule> filters;  ///< empty: no `$filter`
  std::span<const SortRule> sorts;      ///< empty: no `$orderby`
  std::size_t default_page = 100;
  std::size_t max_page = 999;
  bool ignores_case = true;    ///< in values of strings
  bool pages_by_skip = false;  ///< the gallery, which also counts without ConsistencyLevel
  bool sorts_freely = false;   ///< `$orderby` with `$filter` needs no ConsistencyLevel
  std::span<const Expansion> expansions{};  ///< what `$expand` may name
  /// What a request is shown of an item, before `$select`; nullptr: the item as it is. `$filter`
  /// and `$orderby` look at the item itself, so that a list makes no copies but those of its page.
  Json (*shown)(const Exchange& exchange, const Json& item) = nullptr;
  bool counts = true;        ///< `$count`
  bool is_mixed = false;     ///< of several types: `$select` may name what some of them lack
  bool is_searched = false;  ///< `$search` for the properties that may be filtered
};

/// Searches, filters, sorts, counts, cuts out the page and selects. `items` are in default order.
[[nodiscard]] Reply list(const Exchange& exchange, const Listing& listing,
                         std::vector<const Json*> items);

/// The object with `$select` applied and the context set.
[[nodiscard]] Reply entity(const Exchange& exchange, const Listing& listing, const Json& value);

/// The number of items that pass `$search` and `$filter` as text/plain: `/$count`.
[[nodiscard]] Reply count(const Exchange& exchange, const Listing& listing,
                          std::vector<const Json*> items);

}  // namespace syncwright::emulator
