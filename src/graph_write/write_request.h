#pragma once

#include <string>

#include "syncwright/graph_write/graph_writer.h"

namespace syncwright {

[[nodiscard]] HttpRequest write_request(const GraphConnection& connection, HttpMethod method,
                                        const std::string& path, std::string body = {});
[[nodiscard]] Written written_by(const HttpResponse& response);
/// For writes whose answer holds nothing that anybody needs. ErrorKind::malformed for a success
/// that Graph does not document: whether the write took effect is unknown.
[[nodiscard]] Result<Written> send_write(GraphConnection& connection, HttpRequest request,
                                         std::stop_token stop);

}  // namespace syncwright
