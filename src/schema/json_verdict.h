#pragma once

#include <simdjson.h>

#include <string>

#include "syncwright/core/error.h"

namespace syncwright::schema {

/// Whether the text is JSON throughout and no deeper than a schema may be (kMaxSchemaDepth): the
/// on-demand reader skips what nobody asks for without looking at it. Reserves the bytes behind the
/// end that the parsers read.
[[nodiscard]] Result<void> judge(simdjson::dom::parser& parser, std::string& text);

}  // namespace syncwright::schema
