#pragma once

#include <optional>

#include "manifest/decode/field.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright {

/// A value of an attribute as a mapping test writes it: a text, a whole number, true or false, a
/// list of those, or null for an absent one. A number with a fraction is the text that it is
/// written as.
[[nodiscard]] std::optional<Value> as_attribute_value(const Field& field);

/// Attribute values by name; at least one.
[[nodiscard]] std::optional<AttributeMap> as_attribute_values(const Field& field);

}  // namespace syncwright
