#pragma once

#include <string>

#include "syncwright/core/json.h"

namespace syncwright::report {

/// A value of a FieldChange in words, escaped for a terminal:
///   {"expression": "[mail]", "matchingPriority": 1}   [mail], matchingPriority 1
///   {"constant": "Contoso"}                           constant "Contoso"
///   {"type": "String", "required": true}              String, required
///   {"any": [{"all": [...]}]}                         department EQUALS Sales
///   {"reference": "env TOKEN"}                        from env TOKEN
///   null, {"unknown": true}, {"saved": true}          (none), (not known yet), (saved)
/// Anything else by its members, or as compact JSON.
[[nodiscard]] std::string value_words(const Json& value);

/// Stands where the values of many applications differ and a table has them in a column: in words
/// "<heading>".
[[nodiscard]] Json column_value(const std::string& heading);
[[nodiscard]] bool is_column_value(const Json& value);

}  // namespace syncwright::report
