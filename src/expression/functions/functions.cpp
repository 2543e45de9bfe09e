#include <algorithm>
#include <array>

#include "expression/functions/function_groups.h"

namespace syncwright {

Function find_implementation(std::string_view name) {
  const std::array parts = {text_functions(), list_functions(),   logic_functions(),
                            flow_functions(), date_functions(),   encoding_functions(),
                            role_functions(), chance_functions(), replace_functions()};
  for (const std::span<const NamedFunction> part : parts) {
    const auto found = std::find_if(
        part.begin(), part.end(), [name](const NamedFunction& each) { return each.name == name; });
    if (found != part.end()) return found->function;
  }
  return nullptr;
}

}  // namespace syncwright
