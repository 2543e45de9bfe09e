#include <algorithm>
#include <string>
#include <utility>

#include "emulator/odata/filter.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

/// Where a test stands: directly on the object, or on the items of a list of it.
struct Place {
  std::string list;  ///< empty: the object

  [[nodiscard]] std::string path_of(const FilterNode& node) const {
    return list.empty() || node.path.empty() ? list + node.path : list + "/" + node.path;
  }
};

/// "a/*" stands for every member of "a".
bool is_about(const FilterRule& rule, std::string_view path) {
  if (!rule.path.ends_with("/*")) return ascii::equal_ignoring_case(rule.path, path);
  const std::size_t owner = rule.path.size() - 1;
  return path.size() > owner && path.find('/', owner) == std::string_view::npos &&
         ascii::equal_ignoring_case(path.substr(0, owner), rule.path.substr(0, owner));
}

const FilterRule* find_rule(std::span<const FilterRule> rules, std::string_view path) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const FilterRule& rule) { return is_about(rule, path); });
  return found == rules.end() ? nullptr : &*found;
}

/// What a rule has to allow for the node to be answered.
unsigned asked_of_rule(const FilterNode& node, bool is_in_list) {
  const bool is_list = node.kind == FilterNode::Kind::any_item;
  if (is_list) return bit(FilterOperation::any);
  const bool is_equality =
      node.operation == FilterOperation::eq || node.operation == FilterOperation::ne;
  unsigned asked = bit(node.operation);
  if (is_equality && node.literals.front().value.is_null()) asked = bit(FilterOperation::null);
  if (!is_in_list) return asked;
  return bit(FilterOperation::any) | (node.operation == FilterOperation::eq ? 0U : asked);
}

FilterSupport support_of(const FilterNode& node, const Place& place,
                         std::span<const FilterRule> rules) {
  const FilterRule* rule = find_rule(rules, place.path_of(node));
  if (!rule) return FilterSupport::unsupported;
  const bool is_list = ((rule->basic | rule->advanced) & bit(FilterOperation::any)) != 0;
  const bool is_in_list = !place.list.empty();
  if (is_list != (is_in_list || node.kind == FilterNode::Kind::any_item)) {
    return FilterSupport::unsupported;
  }
  const unsigned asked = asked_of_rule(node, is_in_list);
  if ((rule->basic & asked) == asked) return FilterSupport::supported;
  return ((rule->basic | rule->advanced) & asked) == asked ? FilterSupport::needs_consistency_level
                                                           : FilterSupport::unsupported;
}

/// The worse of two verdicts, and the property that it is about.
struct Verdict {
  FilterSupport support = FilterSupport::supported;
  std::string offending;

  void worsen(FilterSupport other, const std::string& property) {
    if (other <= support) return;
    support = other;
    offending = property;
  }
};

void check_node(const FilterNode& node, const Place& place, std::span<const FilterRule> rules,
                Verdict& verdict) {
  using Kind = FilterNode::Kind;
  if (node.kind == Kind::negation) verdict.worsen(FilterSupport::needs_consistency_level, "not");
  const bool is_lone_list = node.kind == Kind::any_item && node.children.empty();
  if (node.kind == Kind::test || is_lone_list) {
    verdict.worsen(support_of(node, place, rules), place.path_of(node));
  }
  const Place inside = node.kind == Kind::any_item ? Place{place.path_of(node)} : place;
  for (const FilterNode& child : node.children) check_node(child, inside, rules, verdict);
}

void resolve_names(FilterNode& node, std::span<const FilterRule> rules) {
  const FilterRule* rule = find_rule(rules, node.path);
  if (rule && !rule->stands_for.empty()) node.path = rule->stands_for;
  // Names inside a list are its items' own.
  if (node.kind == FilterNode::Kind::any_item) return;
  for (FilterNode& child : node.children) resolve_names(child, rules);
}

}  // namespace

FilterSupport check_filter(const FilterNode& filter, std::span<const FilterRule> rules,
                           std::string& offending) {
  Verdict verdict;
  check_node(filter, Place{}, rules, verdict);
  offending = std::move(verdict.offending);
  return verdict.support;
}

void resolve_older_names(FilterNode& filter, std::span<const FilterRule> rules) {
  resolve_names(filter, rules);
}

}  // namespace syncwright::emulator
