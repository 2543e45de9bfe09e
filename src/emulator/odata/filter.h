#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  any = 128,  ///< any() with eq over a list of strings, or of a property of its objects
};

/// One literal of a filter; `time` is set where it is written as a date without quotes.
struct Literal {
  Json value;
  std::optional<Instant> time;
};

/// A parsed `$filter`. Property paths are as written, "servicePrincipal/id".
struct FilterNode {
  enum class Kind { all_of, any_of, negation, test };
  Kind kind = Kind::test;
  std::vector<FilterNode> children;  ///< of all_of, any_of and negation
  std::string path;                  ///< of a test
  std::string member;                ///< of FilterOperation::any over objects: their property
  FilterOperation operation = FilterOperation::eq;
  std::string_view comparison;  ///< "gt", "ge", "lt" or "le" of FilterOperation::ordering
  std::vector<Literal> literals;
};

/// nullopt where `text` is not a filter of the supported grammar, is over 8 000 bytes, nested more
/// than 20 deep or has over 200 tests. Grammar: and, or, not, parentheses, eq, ne, gt, ge, lt, le,
/// in (...), startswith, endswith, contains, path/any(x:x eq 'v'), path/any(x:x/y eq 'v'). `'` is
/// doubled inside a string.
[[nodiscard]] std::optional<FilterNode> parse_filter(std::string_view text);

/// Whether `object` passes. Property names match without regard to case; so do string values
/// where `ignore_case`. A comparison with an absent or null property holds for `ne` only, and for
/// `eq null`.
[[nodiscard]] bool matches(const FilterNode& filter, const Json& object, bool ignore_case);

/// The member of that name, without regard to case; `object.end()` where there is none.
[[nodiscard]] Json::const_iterator find_property(const Json& object, std::string_view name);

/// What a collection lets a filter do with a property: without, or only with ConsistencyLevel. The
/// path of a property of listed objects goes through the list: "targetResources/id".
struct FilterRule {
  std::string_view path;
  unsigned basic;
  unsigned advanced;
};

/// Whether Graph answers a filter.
enum class FilterSupport { supported, needs_consistency_level, unsupported };

/// The worst verdict over the tests of the filter; `offending` gets the property.
[[nodiscard]] FilterSupport check_filter(const FilterNode& filter,
                                         std::span<const FilterRule> rules, std::string& offending);

[[nodiscard]] constexpr unsigned bit(FilterOperation operation) {
  return static_cast<unsigned>(operation);
}
template <class... More>
[[nodiscard]] constexpr unsigned bits(More... operations) {
  return (0U | ... | bit(operations));
}

}  // namespace syncwright::emulator
