#include "syncwright/graph_read/graph_error.h"

#include <fmt/format.h>

#include "syncwright/core/redaction.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/permissions.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {
namespace {

constexpr std::string_view kUnknownError = "UnknownError";
constexpr std::string_view kReferenceUpdate = "reference update";
constexpr JsonLimits kErrorLimits{256u << 10u, 32};
constexpr int kMaxNesting = 3;
constexpr std::size_t kMaxMessage = 500;

struct ErrorBody {
  std::string code;
  std::string message;
  std::string request_id;
};

bool looks_like_html(std::string_view body) {
  const std::size_t start = body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return start != std::string_view::npos && body[start] == '<';
}

/// Replaces code and message by those of a JSON document inside the message, as often as it is
/// nested.
void unwrap(ErrorBody& error) {
  for (int level = 0; level < kMaxNesting; ++level) {
    const Result<Json> nested = parse_json(error.message, kErrorLimits);
    if (!nested || !nested->is_object()) return;
    const Json& inner = member_or_null(*nested, "error");
    const Json& source = inner.is_object() ? inner : *nested;
    error.code = string_or(source, "code", error.code);
    error.message = string_or(source, "message", string_or(source, "Message"));
  }
}

ErrorBody read_body(const http::HttpResponse& response) {
  ErrorBody error;
  error.request_id = response.headers.get("request-id").value_or("");
  const Result<Json> body = parse_json(response.body, kErrorLimits);
  if (!body) {
    if (looks_like_html(response.body))
      error.message = "the answer was HTML, not JSON (proxy or gateway?)";
    else if (response.body.empty())
      error.message = "the answer was empty";
    else
      error.message = "the answer was not JSON";
    return error;
  }
  const Json& member = member_or_null(*body, "error");
  error.code = string_or(member, "code");
  error.message = string_or(member, "message");
  if (error.request_id.empty()) {
    error.request_id = string_or(member_or_null(member, "innerError"), "request-id");
  }
  unwrap(error);
  return error;
}

bool is_synchronization(const http::HttpRequest& request) {
  const std::string_view url = request.url;
  return url.substr(0, url.find('?')).find("/synchronization/") != std::string_view::npos;
}

ErrorKind kind_of(const http::HttpRequest& request, int status, const ErrorBody& body) {
  if (status >= 300 && status < 400) return ErrorKind::redirected;
  if (status >= 500) return ErrorKind::unavailable;
  if (status == 409 || body.code == "Request_MultipleObjectsWithSameKeyValue") {
    return ErrorKind::conflict;
  }
  switch (status) {
    case 401: {
      const bool empty_unknown = body.code == kUnknownError && body.message.empty();
      return empty_unknown && is_synchronization(request) ? ErrorKind::forbidden
                                                          : ErrorKind::unauthenticated;
    }
    case 403:
      return ErrorKind::forbidden;
    case 404:
      return ErrorKind::not_found;
    case 429:
      return ErrorKind::throttled;
    default:
      return ErrorKind::rejected;
  }
}

/// A text of the answer as it may be shown: cut only once the secrets are out of it, the token
/// among them, which a gateway may repeat with its header.
std::string display_text(const http::HttpRequest& request, std::string_view text,
                         std::size_t max_bytes, const char* withheld = "") {
  const std::string told = without_secrets(text, request.secrets).value_or(withheld);
  const std::string authorization = request.headers.get("Authorization").value_or("");
  return plain_text(without_plain_parts(told, authorization), max_bytes);
}

std::string fallback_message(const http::HttpRequest& request, ErrorKind kind,
                             const http::HttpResponse& response,
                             const std::optional<TokenClaims>& token) {
  if (kind == ErrorKind::redirected) {
    const std::string target =
        display_text(request, response.headers.get("Location").value_or(""), 200);
    return "the answer was a redirect" + (target.empty() ? "" : " to " + target) +
           ", which is never followed";
  }
  if (kind == ErrorKind::forbidden) {
    const FeaturePermission* permission = permission_for(request.method, request.url);
    if (permission != nullptr) {
      const std::vector<std::string_view> missing = missing_permissions(*permission, token);
      return missing.empty() ? "the token was refused although it has a permission for this request"
                             : fmt::format("the token lacks a permission for this request, {}",
                                           missing.front());
    }
  }
  if (kind == ErrorKind::throttled) return "the service takes no more requests for now";
  return "the answer gave no reason";
}

std::string advice_for(const http::HttpRequest& request, ErrorKind kind,
                       const std::optional<TokenClaims>& token) {
  if (kind != ErrorKind::forbidden) return {};
  const FeaturePermission* permission = permission_for(request.method, request.url);
  return permission == nullptr ? std::string() : permission_advice(*permission, token);
}

std::string path_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t start = scheme == std::string::npos ? 0 : url.find('/', scheme + 3);
  if (start == std::string::npos) return "/";
  return plain_text(std::string_view(url).substr(start, url.find('?') - start), 200);
}

}  // namespace

Error graph_error(const http::HttpRequest& request, const http::HttpResponse& response,
                  const std::optional<TokenClaims>& token) {
  const ErrorBody body = read_body(response);
  Error error;
  error.kind = kind_of(request, response.status, body);
  error.status = response.status;
  error.code = display_text(request, body.code, 100);
  error.request_id = display_text(request, body.request_id, 100);
  error.retry_after = http::retry_after_of(response.headers).value_or(Milliseconds{0});
  std::string message = display_text(request, body.message, kMaxMessage, kWithheld);
  const bool no_reason = message.empty() || error.kind == ErrorKind::redirected;
  if (no_reason) message = fallback_message(request, error.kind, response, token);
  while (message.size() > 1 && message.ends_with('.') && !message.ends_with("..")) {
    message.pop_back();
  }
  error.message =
      fmt::format("{} {}: {}", to_string(request.method), path_of(request.url), message);
  error.advice = advice_for(request, error.kind, token);
  return error;
}

Result<Json> parse_answer(const http::HttpRequest& request, const http::HttpResponse& response) {
  Result<Json> json = parse_json(response.body, {request.max_response_bytes, 64});
  if (json) return json;
  Error error = json.error();
  if (looks_like_html(response.body)) {
    error.message = "the answer was HTML, not JSON (proxy or gateway?)";
  } else if (response.body.empty()) {
    error.message = "the answer was empty";
  }
  error = within(std::move(error),
                 fmt::format("{} {}", to_string(request.method), path_of(request.url)));
  error.status = response.status;
  error.request_id =
      plain_text(request_id_for_log(response.headers.get("request-id").value_or("")), 100);
  return fail(std::move(error));
}

bool is_missing_reference(const Error& error) {
  return error.kind == ErrorKind::rejected && error.code == "Request_BadRequest" &&
         error.message.find(kReferenceUpdate) != std::string::npos;
}

}  // namespace syncwright::graph_read
