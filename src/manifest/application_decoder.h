#pragma once

#include <optional>

#include "decoded_application.h"
#include "field.h"

namespace syncwright {

/// A document of kind Application. nullopt where its name is missing or at fault; otherwise what
/// could be read, to be used only where the file's diagnostics hold no error.
[[nodiscard]] std::optional<DecodedApplication> as_application(const Field& document);

/// The same of a set's template, filled with a row: metadata and spec alone.
[[nodiscard]] std::optional<DecodedApplication> as_generated_application(const Field& filled);

}  // namespace syncwright
