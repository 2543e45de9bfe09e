#pragma once

#include <span>
#include <string>
#include <vector>

#include "syncwright/plan/change.h"

namespace syncwright::report {

/// What is not the same in all applications whose changes are alike: a column of their table.
struct DifferingValue {
  /// What of a change differs.
  enum class Kind {
    field,
    access,  ///< who is assigned, and as what
    reason,  ///< why a change is needed
    advice,  ///< the way out of a refusal
  };
  Kind kind = Kind::field;
  std::string heading;               ///< no other column of the table has it
  std::vector<std::string> values;   ///< in words, escaped; one for each application
  std::vector<std::size_t> changes;  ///< those that speak of it, as indexes
};

/// Puts the name of a column where the changes of `members` differ from `shown`, which are the
/// first one's. Values that differ in the same way, as a display name in two places does, are one
/// column.
[[nodiscard]] std::vector<DifferingValue> take_out_differing(
    std::vector<plan::Change>& shown, const std::vector<std::span<const plan::Change>>& members);

}  // namespace syncwright::report
