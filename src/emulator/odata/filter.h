#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/store/replicated.h"
#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// What a filter does with one property; `FilterOperation` bits say which of it a collection
/// supports.
enum class FilterOperation : unsigned {
  eq = 1,
  ne = 2,
  ordering = 4,  ///< gt, ge, lt, le
  in = 8,
  starts_with = 16,
  ends_with = 32,
  contains = 64,
  any = 128,   ///< the property is a list: any(), in which eq is allowed, and what other bits allow
  null = 256,  ///< eq null and ne null
};

/// One literal of a filter; `time` is set where it is written as a date without quotes.
struct Literal {
  Json value;
  std::optional<Instant> time;
};

/// A parsed `$filter`. Property paths are as written, "servicePrincipal/id"; below an `any_item`
/// they begin at the item, and an empty one is the item itself.
struct FilterNode {
  enum class Kind { all_of, any_of, negation, test, any_item };
  enum class Letters { as_they_are, lower, upper };
  Kind kind = Kind::test;
  /// Of all_of, any_of and negation; of any_item what one of the items has to pass, or none where
  /// the list just must not be empty.
  std::vector<FilterNode> children;
  std::string path;                        ///< of a test; of any_item: the list's
  Letters letters = Letters::as_they_are;  ///< tolower() or toupper() around the property
  FilterOperation operation = FilterOperation::eq;
  std::string_view comparison;  ///< "gt", "ge", "lt" or "le" of FilterOperation::ordering
  std::vector<Literal> literals;
};

/// nullopt where `text` is not a filter of the supported grammar, is over 8 000 bytes, nested more
/// than 20 deep or has over 200 tests. Grammar: and, or, not, parentheses, eq, ne, gt, ge, lt, le,
/// in (...), startswith, endswith and contains, each also as `... eq true`, tolower and toupper
/// around a property or a string, list/any() and list/any(x:...) with a filter of `x` and `x/y`
/// inside. `'` is doubled inside a string.
[[nodiscard]] std::optional<FilterNode> parse_filter(std::string_view text);

/// Whether `object` passes. Property names match without regard to case; so do string values
/// where `ignore_case`. A comparison with an absent or null property holds for `ne` only, and for
/// `eq null`.
[[nodiscard]] bool matches(const FilterNode& filter, const Json& object, bool ignore_case);

/// Names of which an object has one as its displayName where it passes; nullopt where others may
/// pass as well.
[[nodiscard]] std::optional<std::vector<AskedName>> asked_names(const FilterNode& filter);

/// The member of that name, without regard to case; `object.end()` where there is none.
[[nodiscard]] Json::const_iterator find_property(const Json& object, std::string_view name);

/// What a collection lets a filter do with a property: without, or only with ConsistencyLevel. The
/// path of a property of listed objects goes through the list, "targetResources/id"; one that ends
/// in
/// "/*" stands for every member.
struct FilterRule {
  std::string_view path;
  unsigned basic;
  unsigned advanced;
  /// The property that is meant where the path is an older name of it; empty: the path itself.
  std::string_view stands_for = {};
};

/// Whether Graph answers a filter.
enum class FilterSupport { supported, needs_consistency_level, unsupported };

/// The worst verdict over the tests of the filter; `offending` gets the property.
[[nodiscard]] FilterSupport check_filter(const FilterNode& filter,
                                         std::span<const FilterRule> rules, std::string& offending);

/// Puts the property that is meant in the place of each older name.
void resolve_older_names(FilterNode& filter, std::span<const FilterRule> rules);

[[nodiscard]] constexpr unsigned bit(FilterOperation operation) {
  return static_cast<unsigned>(operation);
}
template <class... More>
[[nodiscard]] constexpr unsigned bits(More... operations) {
  return (0U | ... | bit(operations));
}

}  // namespace syncwright::emulator
