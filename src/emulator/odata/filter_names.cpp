#include <algorithm>

#include "emulator/odata/filter.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

// A plan asks for the names of its manifests, fifteen at a time. A list that every object is held
// against for that costs the square of their number.

namespace {

using Names = std::optional<std::vector<AskedName>>;

Names names_of_test(const FilterNode& test) {
  const bool is_beginning = test.operation == FilterOperation::starts_with;
  const bool asks = is_beginning || test.operation == FilterOperation::eq ||
                    test.operation == FilterOperation::in;
  if (!asks || !ascii::equal_ignoring_case(test.path, "displayName")) return std::nullopt;
  std::vector<AskedName> names;
  for (const Literal& literal : test.literals) {
    if (!literal.value.is_string() || literal.time) return std::nullopt;
    names.push_back({literal.value.get<std::string>(), is_beginning});
  }
  return names;
}

/// Those of all parts, of which each has to ask for some.
Names names_of_any(const std::vector<FilterNode>& parts) {
  std::vector<AskedName> names;
  for (const FilterNode& part : parts) {
    const Names asked = asked_names(part);
    if (!asked) return std::nullopt;
    names.insert(names.end(), asked->begin(), asked->end());
  }
  return names;
}

/// One part that asks for some is enough.
Names names_of_all(const std::vector<FilterNode>& parts) {
  for (const FilterNode& part : parts) {
    if (Names asked = asked_names(part)) return asked;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<AskedName>> asked_names(const FilterNode& filter) {
  switch (filter.kind) {
    case FilterNode::Kind::test:
      return names_of_test(filter);
    case FilterNode::Kind::any_of:
      return names_of_any(filter.children);
    case FilterNode::Kind::all_of:
      return names_of_all(filter.children);
    case FilterNode::Kind::negation:
    case FilterNode::Kind::any_item:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
