#include "syncwright/schema/customization.h"

#include <algorithm>
#include <string_view>

#include "syncwright/core/text.h"

namespace syncwright::schema {

SourceRange ExpressionText::at(std::size_t offset) const {
  if (start.line == 0) return where;
  const std::string_view whole = text;
  const std::size_t at = std::min(offset, whole.size());
  const std::string_view rest = whole.substr(at);
  const std::string_view character = rest.substr(0, rest.empty() ? 0 : decode_utf8(rest).length);
  return source_range(where.file, span_of(position_behind(start, whole.substr(0, at)), character));
}

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

}  // namespace syncwright::schema
