#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/expression/expression.h"

namespace syncwright {

/// One place between the parentheses of a call, with the key that the Graph tree gives it.
struct ArgumentSlot {
  std::string key;
  const Expression* value = nullptr;  ///< into the call; nullptr = left empty
  bool integer = false;               ///< a number stands bare here (docs/expressions.md#4.1)
  bool proven = false;
};

/// As many as were written, and at least as many as the function declares: the service renders the
/// optional ones that were left out as empty places.
[[nodiscard]] std::vector<ArgumentSlot> argument_slots(const Expression& call);

/// The table's spelling; `Instr` and names that the table does not hold stay as they are.
[[nodiscard]] std::string canonical_function_name(std::string_view name);

[[nodiscard]] bool is_iif(std::string_view name);
[[nodiscard]] bool is_format_date_time(std::string_view name);

}  // namespace syncwright
