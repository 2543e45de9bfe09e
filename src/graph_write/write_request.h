#pragma once

#include <string>

#include "syncwright/graph_write/graph_writer.h"

namespace syncwright::graph_write {

/// A request that writes, to a path behind /v1.0.
[[nodiscard]] http::HttpRequest write_request(const graph_read::GraphConnection& connection,
                                              http::HttpMethod method, const std::string& path,
                                              std::string body = {});
/// What the journal keeps of an answer.
[[nodiscard]] Written receipt_of(const http::HttpResponse& response);
/// Sends a write whose answer holds nothing that the caller needs. ErrorKind::malformed for a
/// success that Graph does not document: whether the write took effect is unknown.
[[nodiscard]] Result<Written> send_write(graph_read::GraphConnection& connection,
                                         http::HttpRequest request, std::stop_token stop);

}  // namespace syncwright::graph_write
