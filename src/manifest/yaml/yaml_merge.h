#pragma once

#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

/// Lays `above` over `below`, both an Application's `metadata` and `spec`: mappings are joined key
/// by key, at any depth; a scalar, a list and whatever is of another kind below is replaced whole.
/// What cannot stand beside a key of `above` goes: another place of the same secret, a job's
/// `template` for its `id`, all of a job for its `absent` and the other way round. New keys come
/// last.
void lay_over(YamlNode& below, const YamlNode& above);

}  // namespace syncwright
