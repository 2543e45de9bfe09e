#pragma once

#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

/// Lays `above` over `below`: mappings are joined key by key, at any depth; a scalar, a list and
/// whatever is of another kind below is replaced whole. New keys come last.
void lay_over(YamlNode& below, const YamlNode& above);

}  // namespace syncwright
