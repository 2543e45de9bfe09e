#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/manifest/expression_settings.h"

namespace syncwright {

/// `spec.expressions` of the project.
[[nodiscard]] std::optional<ExpressionSettings> as_expression_settings(const Field& field);

}  // namespace syncwright
