#include <algorithm>
#include <string_view>

#include "syncwright/core/text.h"
#include "syncwright/schema/customization.h"

namespace syncwright {

SourceRange ExpressionText::at(std::size_t offset) const {
  if (start.line == 0) return where;
  const std::string_view whole = text;
  const std::size_t at = std::min(offset, whole.size());
  const std::string_view rest = whole.substr(at);
  const std::string_view character = rest.substr(0, rest.empty() ? 0 : decode_utf8(rest).length);
  return source_range(where.file, span_of(position_behind(start, whole.substr(0, at)), character));
}

}  // namespace syncwright
