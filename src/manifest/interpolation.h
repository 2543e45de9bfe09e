#pragma once

#include <map>
#include <string>

#include "syncwright/core/diagnostic.h"
#include "syncwright/manifest/yaml_document.h"

namespace syncwright {

using Variables = std::map<std::string, std::string>;

/// [A-Za-z][A-Za-z0-9_-]*
[[nodiscard]] bool is_variable_name(std::string_view text);

/// Replaces `${var.NAME}` in every value and key of a document (PRODUCT.md 3, Interpolation), but
/// not in the values of `kind` and `apiVersion`: one pass, what a variable holds is not looked at
/// again.
/// `$${var.` and `$${each.` stand for themselves with one dollar; any other `${...}` stays as it
/// is. Undefined variables are SW2002, malformed and misplaced references SW2003; keys that became
/// equal SW0102.
void interpolate(YamlNode& document, const Variables& variables, const std::string& file,
                 Diagnostics& diagnostics);

}  // namespace syncwright
