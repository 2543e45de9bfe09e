#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace syncwright::schema {

/// The words that Graph's schemas are written in, in its exact spelling (docs/graph.md#9.2, #9.3,
/// #10.3): for checks of manifests and for readers of live schemas.
using Words = std::vector<std::string>;
[[nodiscard]] const Words& attribute_types();
[[nodiscard]] const Words& mutabilities();
[[nodiscard]] const Words& object_flow_types();  ///< of an object mapping, a set of flags there
[[nodiscard]] const Words& flow_types();         ///< of an attribute mapping
[[nodiscard]] const Words& flow_behaviors();     ///< likewise

/// An operator of scoping filters.
struct FilterOperator {
  std::string_view name;
  std::array<std::string_view, 4> types;  ///< of the attributes it is for; empty ones at the end
  std::size_t values = 1;                 ///< that it takes

  [[nodiscard]] bool takes(std::string_view type) const;
  /// Bit tests and comparisons: their value is a whole number as well.
  [[nodiscard]] bool is_of_numbers() const { return types[0] == "Integer" && types[1].empty(); }
};
[[nodiscard]] std::span<const FilterOperator> filter_operators();
/// nullptr where there is none of that name. Case counts.
[[nodiscard]] const FilterOperator* find_filter_operator(std::string_view name);

/// Decimal and within 32 bits, as the numbers of directories are.
[[nodiscard]] bool is_whole_number(std::string_view text);

}  // namespace syncwright::schema
