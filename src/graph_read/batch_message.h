#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// The bodies of Graph's `$batch` (docs/graph.md#4.1).

/// One `POST ROOT/$batch`: the request, and behind it reads of those paths. Behind a write they go
/// strictly one after another, and what stands behind a failure is not carried out; reads alone go
/// side by side. `root`: with the version, without a slash at its end; the request's URL and the
/// paths lie under it. The request's token, its repeatability, its secrets and its bounds are the
/// batch's.
[[nodiscard]] http::HttpRequest batch_request(const std::string& root,
                                              const http::HttpRequest& first,
                                              const std::vector<std::string>& paths);

/// The answers of the `count` items in their order, each body as it stands in the text. An item
/// that the answer leaves out has the status 0, as all have where it is no batch's answer, or tells
/// of one twice.
[[nodiscard]] std::vector<http::HttpResponse> read_batch_answer(http::HttpResponse answer,
                                                                std::size_t count);

}  // namespace syncwright::graph_read
