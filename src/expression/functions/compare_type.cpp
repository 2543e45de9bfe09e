#include "expression/functions/compare_type.h"

#include "syncwright/core/ascii.h"

namespace syncwright {

std::optional<bool> ignores_case(std::string_view compare_type) {
  if (compare_type.empty() || ascii::equal_ignoring_case(compare_type, "vbBinaryCompare"))
    return false;
  if (ascii::equal_ignoring_case(compare_type, "vbTextCompare")) return true;
  if (compare_type == "0" || compare_type == "1") return compare_type == "1";
  return std::nullopt;
}

}  // namespace syncwright
