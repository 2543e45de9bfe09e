#include "emulator/odata/item_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/clock.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t most_keys = 10;

struct SortKey {
  const SortRule* rule;
  bool falls = false;
};

/// Below zero where `left` comes first. As text, times of one second stand in the wrong order:
/// "00Z" behind "00.5Z". What has no value comes before what has one.
int compare_values(const Json& left, const Json& right) {
  const auto place = [](const auto& one, const auto& other) {
    return one < other ? -1 : (other < one ? 1 : 0);
  };
  if (!left.is_string() || !right.is_string()) return place(left, right);
  const auto& one = left.get_ref<const std::string&>();
  const auto& other = right.get_ref<const std::string&>();
  const std::optional<Instant> earlier = parse_rfc3339(one);
  const std::optional<Instant> later = parse_rfc3339(other);
  return earlier && later ? place(*earlier, *later) : place(ascii::lower(one), ascii::lower(other));
}

const Json& value_of(const Json& item, std::string_view property) {
  static const Json none;
  const Json::const_iterator found = find_property(item, property);
  return found == item.end() ? none : *found;
}

/// "displayName desc": nullopt where the collection is not sorted by it.
std::optional<SortKey> parse_key(std::string_view text, const Listing& listing) {
  text = ascii::trim(text);
  const std::size_t blank = text.find(' ');
  const std::string_view name = text.substr(0, blank);
  const std::string_view direction =
      blank == std::string_view::npos ? "asc" : ascii::trim(text.substr(blank));
  const bool falls = ascii::equal_ignoring_case(direction, "desc");
  if (!falls && !ascii::equal_ignoring_case(direction, "asc")) return std::nullopt;
  for (const SortRule& rule : listing.sorts) {
    if (ascii::equal_ignoring_case(rule.property, name)) return SortKey{&rule, falls};
  }
  return std::nullopt;
}

std::optional<std::vector<SortKey>> parse_keys(std::string_view text, const Listing& listing) {
  std::vector<SortKey> keys;
  while (keys.size() < most_keys) {
    const std::size_t comma = text.find(',');
    const std::optional<SortKey> key = parse_key(text.substr(0, comma), listing);
    if (!key) return std::nullopt;
    keys.push_back(*key);
    if (comma == std::string_view::npos) return keys;
    text.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reply> sort_items(const Exchange& exchange, const Listing& listing, bool is_advanced,
                                std::vector<const Json*>& items) {
  const std::optional<std::string> text = exchange.call.query.get("$orderby");
  if (!text) return std::nullopt;
  const std::optional<std::vector<SortKey>> keys = parse_keys(*text, listing);
  if (!keys) return unsupported_query(fmt::format("Sorting by '{}' is not supported.", *text));
  const bool asks_for_index = (!listing.sorts_freely && exchange.call.query.get("$filter")) ||
                              std::any_of(keys->begin(), keys->end(),
                                          [](const SortKey& key) { return key.rule->is_advanced; });
  if (asks_for_index && !is_advanced) {
    return unsupported_query("Sorting not supported for current query.");
  }
  std::stable_sort(items.begin(), items.end(), [&](const Json* left, const Json* right) {
    for (const SortKey& key : *keys) {
      const int place =
          compare_values(value_of(*left, key.rule->property), value_of(*right, key.rule->property));
      if (place != 0) return key.falls ? place > 0 : place < 0;
    }
    return false;
  });
  return std::nullopt;
}

}  // namespace syncwright::emulator
