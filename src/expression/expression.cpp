#include "syncwright/expression/expression.h"

#include <algorithm>

#include "expression/functions/arguments.h"

namespace syncwright::expression {
namespace {

bool same_function(const std::string& left, const std::string& right) {
  const Function* known = find_function(left);
  return known == nullptr ? left == right : known == find_function(right);
}

/// As the tree sees it: by keys, without the empty places. So `ToLower([x], )` is `ToLower([x])`,
/// and both forms of FormatDateTime meet.
bool same_call(const Expression& left, const Expression& right) {
  if (!same_function(left.text, right.text)) return false;
  const auto filled = [](const Expression& call) {
    auto slots = argument_slots(call);
    std::erase_if(slots, [](const ArgumentSlot& slot) { return slot.value == nullptr; });
    return slots;
  };
  const std::vector<ArgumentSlot> left_slots = filled(left);
  const std::vector<ArgumentSlot> right_slots = filled(right);
  return std::equal(left_slots.begin(), left_slots.end(), right_slots.begin(), right_slots.end(),
                    [](const ArgumentSlot& a, const ArgumentSlot& b) {
                      return a.key == b.key && *a.value == *b.value;
                    });
}

}  // namespace

bool operator==(const Expression& left, const Expression& right) {
  if (left.kind != right.kind) return false;
  if (left.kind == Expression::Kind::call) return same_call(left, right);
  return left.text == right.text && left.arguments == right.arguments;
}

}  // namespace syncwright::expression
