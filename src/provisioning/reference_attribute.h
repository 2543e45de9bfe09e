#pragma once

#include <string_view>

namespace syncwright {

/// Whether a source attribute of this name refers to other objects, so that their accounts flow
/// instead of their ids. [G] An objectMapping does not say so: the names are those that directory
/// definitions type as Reference.
[[nodiscard]] bool is_reference_attribute(std::string_view name);

}  // namespace syncwright
