#include "graph_write/write_request.h"

#include <fmt/format.h>

#include <utility>

#include "syncwright/graph_read/answer_text.h"

namespace syncwright::graph_write {

namespace {

/// How Graph says of a write without a result that it took effect (docs/graph.md#5): 204, or 201 of
/// what was created or stored. A 200 with a page, or with nothing, comes from something in between.
bool says_done(int status) {
  return status == 204 || status == 201;
}

}  // namespace

http::HttpRequest write_request(const graph_read::GraphConnection& connection,
                                http::HttpMethod method, const std::string& path,
                                std::string body) {
  http::HttpRequest request;
  request.method = method;
  request.url = connection.url(path);
  request.body = std::move(body);
  return request;
}

Written receipt_of(const http::HttpResponse& response) {
  return {response.status,
          graph_read::plain_text(response.headers.get("request-id").value_or(""), 100)};
}

Result<Written> send_write(graph_read::GraphConnection& connection, http::HttpRequest request,
                           std::stop_token stop) {
  const std::string asked =
      fmt::format("{} {}", to_string(request.method),
                  graph_read::plain_text(request.url.substr(0, request.url.find('?')), 200));
  const Result<http::HttpResponse> response = connection.send(std::move(request), std::move(stop));
  if (!response) return fail(response.error());
  if (says_done(response->status)) return receipt_of(*response);
  Error error;
  error.kind = ErrorKind::malformed;
  error.message = fmt::format("{}: the answer {} does not say that it was done (proxy or gateway?)",
                              asked, response->status);
  error.status = response->status;
  error.request_id = receipt_of(*response).request_id;
  return fail(std::move(error));
}

}  // namespace syncwright::graph_write
