#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifest/yaml/yaml_document.h"

namespace syncwright::manifest {

/// A value that must not be shown, and the line of its key.
struct HiddenValue {
  int key_line = 0;
  SourceSpan value;
};

/// The text as diagnostics may show it: each hidden value, and whatever may be a secret among
/// credentials (in a file that may not even be YAML), is "(secret)". Lines keep
/// their numbers, and columns left of a hidden value their place.
[[nodiscard]] std::string redact(std::string_view text, const std::vector<HiddenValue>& hidden);

}  // namespace syncwright::manifest
