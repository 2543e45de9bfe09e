#include "syncwright/schema/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace syncwright::schema {

namespace {

/// docs/graph.md#9.3, in its order; IsMemberOf is not supported.
constexpr std::array kFilterOperators = {
    FilterOperator{"EQUALS", {"Integer", "String"}},
    FilterOperator{"NOT EQUALS", {"Integer", "String"}},
    FilterOperator{"IS TRUE", {"Boolean"}, 0},
    FilterOperator{"IS FALSE", {"Boolean"}, 0},
    FilterOperator{"IS NULL", {"Binary", "Boolean", "Integer", "String"}, 0},
    FilterOperator{"IS NOT NULL", {"Binary", "Boolean", "Integer", "String"}, 0},
    FilterOperator{"REGEX MATCH", {"Integer", "String"}},
    FilterOperator{"NOT REGEX MATCH", {"Integer", "String"}},
    FilterOperator{"&", {"Integer"}},
    FilterOperator{"!&", {"Integer"}},
    FilterOperator{"ENDS_WITH", {"String"}},
    FilterOperator{"Greater_Than", {"Integer"}},
    FilterOperator{"Greater_Than_OR_EQUALS", {"Integer"}},
    FilterOperator{"Includes", {"String"}},
};

}  // namespace

const Words& attribute_types() {
  static const Words words{"String", "Integer", "Reference", "Binary", "Boolean", "DateTime"};
  return words;
}

const Words& mutabilities() {
  static const Words words{"ReadWrite", "ReadOnly", "Immutable", "WriteOnly"};
  return words;
}

const Words& object_flow_types() {
  static const Words words{"Add", "Update", "Delete"};
  return words;
}

const Words& flow_types() {
  static const Words words{"Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly",
                           "AttributeAddOnly"};
  return words;
}

const Words& flow_behaviors() {
  static const Words words{"FlowWhenChanged", "FlowAlways"};
  return words;
}

bool FilterOperator::takes(std::string_view type) const {
  return std::find(types.begin(), types.end(), type) != types.end();
}

std::span<const FilterOperator> filter_operators() {
  return kFilterOperators;
}

const FilterOperator* find_filter_operator(std::string_view name) {
  const auto found = std::find_if(kFilterOperators.begin(), kFilterOperators.end(),
                                  [name](const FilterOperator& each) { return each.name == name; });
  return found == kFilterOperators.end() ? nullptr : &*found;
}

bool is_whole_number(std::string_view text) {
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace syncwright::schema
