#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "syncwright/graph_write/graph_writer.h"

namespace syncwright {

/// `{PREFIX"NAME":[{"key":...,"value":...},...]}`: written by hand into one buffer that never
/// grows, so that wiping it leaves no copy of a secret behind. The caller wipes.
[[nodiscard]] std::string secret_body(std::string_view prefix, std::string_view name,
                                      const std::vector<SecretPair>& pairs);

}  // namespace syncwright
