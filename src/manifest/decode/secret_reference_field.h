#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/core/secret_reference.h"

namespace syncwright {

/// `{env: NAME}`, `{file: PATH}` or `{command: [PROGRAM, ARGUMENT...]}`. A file's path starts at
/// the manifest's folder, and is kept relative to the project's root where it lies inside. No
/// message shows a value: what stands there may be the secret itself. A mapping with a key that is
/// none of the three, nor a misspelt one, is hidden as a whole.
[[nodiscard]] std::optional<SecretReference> as_secret_reference(const Field& field);

/// Whether it is one without a fault, so that its source line may be shown.
[[nodiscard]] bool is_secret_reference(const YamlNode& node);

}  // namespace syncwright
