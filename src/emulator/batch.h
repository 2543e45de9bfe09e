#pragma once

#include <functional>
#include <string>
#include <vector>

#include "emulator/exchange.h"
#include "syncwright/emulator/tenant.h"

namespace syncwright::emulator {

/// Whether a path below the root is "{version}/$batch".
[[nodiscard]] bool is_batch_path(const std::vector<std::string>& segments);

/// Answers a request of a batch as if it had come alone.
using BatchItemHandler = std::function<http::HttpResponse(const http::HttpRequest&)>;

/// `POST /{v}/$batch` (docs/graph.md#4.1): at most 20 requests in one, each with a status of its
/// own. `call` is the batch, its body read; items carry its token. A batch that is malformed is 400
/// as a whole, and nothing of it runs. `around_item` may be empty.
[[nodiscard]] Reply run_batch(const Call& call, const BatchItemHandler& answer_item,
                              const AroundItem& around_item);

}  // namespace syncwright::emulator
