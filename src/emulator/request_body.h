#pragma once

#include <tl/expected.hpp>

#include "emulator/exchange.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// The JSON of a Graph request, null where it has none; Graph's refusal where it cannot be read.
/// Schema documents are large: it is asked for without the tenant's lock.
[[nodiscard]] tl::expected<Json, Reply> read_body(const http::HttpRequest& request);

}  // namespace syncwright::emulator
