#include "syncwright/expression/taken_values.h"

#include <set>

#include "expression/functions/letters.h"

namespace syncwright {

std::function<bool(std::string_view)> taken_values(const std::vector<std::string>& values) {
  if (values.empty()) return {};
  std::set<std::string> folded;
  for (const std::string& value : values) folded.insert(fold_case(value));
  return [folded = std::move(folded)](std::string_view value) {
    return folded.contains(fold_case(value));
  };
}

}  // namespace syncwright
