#include "emulator/request_body.h"

#include <utility>

#include "emulator/graph_error.h"
#include "syncwright/core/ascii.h"
#include "syncwright/schema/synchronization_schema.h"

namespace syncwright::emulator {

namespace {

constexpr std::size_t max_body_bytes = 16U << 20U;

}  // namespace

tl::expected<Json, Reply> read_body(const http::HttpRequest& request) {
  if (request.body.size() > max_body_bytes) {
    return tl::unexpected(
        graph_error(413, "RequestEntityTooLarge", "The request body is too large."));
  }
  const bool takes_body =
      request.method != http::HttpMethod::get && request.method != http::HttpMethod::del;
  if (request.body.empty() || !takes_body) return Json();
  const std::string type = ascii::lower(request.headers.get("Content-Type").value_or(""));
  if (type.find("json") == std::string::npos) {
    return tl::unexpected(gateway_refusal(
        "Write requests (excluding DELETE) must contain the Content-Type header declaration."));
  }
  Result<Json> body =
      parse_json(request.body, {.max_bytes = max_body_bytes, .max_depth = schema::kMaxSchemaDepth});
  if (!body) {
    return tl::unexpected(gateway_refusal(
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload "
        "is of valid JSON format."));
  }
  return std::move(*body);
}

}  // namespace syncwright::emulator
