#include "provisioning/reference_attribute.h"

#include <algorithm>
#include <array>

namespace syncwright {

bool is_reference_attribute(std::string_view name) {
  constexpr std::array<std::string_view, 8> kNames{
      "manager", "members", "member", "owners", "sponsors", "assistant", "managedBy", "memberOf"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace syncwright
