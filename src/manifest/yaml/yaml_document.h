#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/yaml/yaml_node.h"

namespace syncwright::manifest {

inline constexpr std::size_t kMaxManifestBytes = 8u << 20u;
inline constexpr std::size_t kMaxYamlNodes = 100'000;  ///< a file's, anchors and aliases in full
inline constexpr std::size_t kMaxYamlTextBytes = 16u << 20u;  ///< likewise
inline constexpr int kMaxYamlDepth = 64;

/// The documents of a file, empty ones left out. Faults (SW0101 to SW0108) go to `diagnostics`
/// under the name `file`; what is returned then are those that end before the first fault of
/// syntax, to be checked and not to be used. Bounded in time and memory whatever the text holds; a
/// byte order mark is accepted. In a file that ends in .json two escapes
/// (\ud83c\udf89) may be one character, as JSON has it. Thread-safe.
[[nodiscard]] std::vector<YamlNode> parse_yaml(std::string_view text, const FileName& file,
                                               Diagnostics& diagnostics);

}  // namespace syncwright::manifest
