#include "syncwright/schema/customization.h"

namespace syncwright {

namespace {

/// Whether `right` says everything of the mapping that `left` says.
bool says_as_much(const ObjectMappingRequest& left, const ObjectMappingRequest& right) {
  return left.object == right.object && (left.rule.empty() || left.rule == right.rule) &&
         (left.target.empty() || left.target == right.target);
}

}  // namespace

bool mean_one_mapping(const ObjectMappingRequest& left, const ObjectMappingRequest& right) {
  return says_as_much(left, right) || says_as_much(right, left);
}

}  // namespace syncwright
