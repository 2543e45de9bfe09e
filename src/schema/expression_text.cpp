#include "syncwright/schema/customization.h"

namespace syncwright {

SourceRange ExpressionText::at(std::size_t offset) const {
  if (text_column == 0) return where;
  SourceRange place = where;
  place.column = text_column + static_cast<int>(offset);
  place.end_column = place.column + 1;
  return place;
}

}  // namespace syncwright
