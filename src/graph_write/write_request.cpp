#include "write_request.h"

#include <utility>

#include "syncwright/graph_read/plain_text.h"

namespace syncwright {

HttpRequest write_request(const GraphConnection& connection, HttpMethod method,
                          const std::string& path, std::string body) {
  HttpRequest request;
  request.method = method;
  request.url = connection.url(path);
  request.body = std::move(body);
  return request;
}

Written written_by(const HttpResponse& response) {
  return {response.status, plain_text(response.headers.get("request-id").value_or(""), 100)};
}

Result<Written> send_write(GraphConnection& connection, HttpRequest request, std::stop_token stop) {
  const Result<HttpResponse> response = connection.send(std::move(request), std::move(stop));
  if (!response) return fail(response.error());
  return written_by(*response);
}

}  // namespace syncwright
