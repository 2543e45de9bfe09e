#pragma once

#include "emulator/exchange.h"
#include "syncwright/http/transport.h"

namespace syncwright::emulator {

/// Dresses a reply as Graph does (docs/graph.md#1 and #3): request-id, client-request-id, Date,
/// Content-Type, OData-Version, Location on 201, `@odata.context`, `innerError` of errors.
[[nodiscard]] HttpResponse answer(const Call& call, Reply reply);

/// The same for the token endpoints, which know no OData.
[[nodiscard]] HttpResponse answer_plain(const Call& call, const Reply& reply);

}  // namespace syncwright::emulator
