#pragma once

#include <optional>

#include "manifest/decode/decoded_application.h"
#include "manifest/decode/field.h"

namespace syncwright {

/// A document of kind Application: what could be read, to be used only where the file's diagnostics
/// hold no error. Its name is empty where it is missing or at fault; everything else is read and
/// can be checked all the same.
[[nodiscard]] std::optional<DecodedApplication> as_application(const Field& document);

/// The same of a set's template, filled with a row: metadata and spec alone. nullopt where it is no
/// mapping.
[[nodiscard]] std::optional<DecodedApplication> as_generated_application(const Field& filled);

}  // namespace syncwright
