#include "syncwright/graph_read/connection.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

#include "syncwright/core/random.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/permissions.h"
#include "syncwright/http/origin.h"

namespace syncwright::graph_read {

// The token is worth more than any answer, and answers name addresses: the next page of a
// collection is a URL that the server wrote. So every URL, wherever it comes from, is compared by
// origin with the root that the token was got for before anything is sent (docs/contract.md#2,
// Authentication). A page that continues elsewhere is an error and costs no request.
//
// A token expires in the middle of a run, and all requests in flight are refused at once. One of
// them renews it, the others find it renewed, and each is sent once more; a second refusal is
// final, so that a tenant that refuses every token is not asked for ever.

namespace {

constexpr std::size_t kMaxPages = 10'000;
constexpr std::size_t kMaxItems = 1'000'000;
constexpr std::size_t kMaxCollectionBytes = 512u << 20u;
constexpr std::string_view kVersion = "/v1.0";
constexpr std::string_view kRefusedToken = "InvalidAuthenticationToken";

bool is_absolute(std::string_view path) {
  return !path.empty() && !path.starts_with('/');
}

bool is_token_refusal(const Error& error) {
  return error.status == 401 && error.code == kRefusedToken;
}

/// Whether a readable token of an application lacks every role that the request could use. Of a
/// delegated one that says nothing: its directory roles count as well (docs/graph.md#5).
bool lacks_role(const Secret& token, const http::HttpRequest& request) {
  const std::optional<TokenClaims> claims = read_claims(token.reveal());
  const FeaturePermission* permission = permission_for(request.method, request.url);
  if (!claims || claims->delegated || permission == nullptr) return false;
  return !grants(*permission, claims->roles);
}

tl::unexpected<Error> unusable_answer(ErrorKind kind, const std::string& path,
                                      const std::string& what) {
  return fail(kind,
              fmt::format("GET {}: {}", plain_text(path.substr(0, path.find('?')), 200), what));
}

tl::unexpected<Error> malformed_answer(const std::string& path, const std::string& what) {
  return unusable_answer(ErrorKind::malformed, path, what);
}

tl::unexpected<Error> too_large(const std::string& path, const std::string& bound) {
  return unusable_answer(ErrorKind::too_large, path, "the collection is larger than " + bound);
}

}  // namespace

GraphConnection::GraphConnection(http::HttpTransport& transport, std::string root,
                                 TokenSource& tokens)
    : transport_(transport),
      root_(std::move(root)),
      tokens_(tokens),
      renewal_(own_renewal_),
      batches_(own_batches_) {
  while (root_.ends_with('/')) root_.pop_back();
}

GraphConnection::GraphConnection(GraphConnection& other, http::HttpTransport& transport)
    : transport_(transport),
      root_(other.root_),
      tokens_(other.tokens_),
      renewal_(other.renewal_),
      batches_(other.batches_) {}

std::string GraphConnection::url(const std::string& path) const {
  return is_absolute(path) ? path : root_ + std::string(kVersion) + path;
}

Result<http::HttpRequest> GraphConnection::get_request(const std::string& path) const {
  http::HttpRequest request;
  request.url = url(path);
  const std::optional<http::Origin> origin = http::parse_origin(root_);
  if (!origin) {
    return fail(ErrorKind::invalid_input,
                fmt::format("{} is no address of Microsoft Graph",
                            plain_text(http::without_user_info(root_), 200)),
                "an endpoint is https://HOST, without a user name or a password");
  }
  if (http::parse_origin(request.url) != origin) {
    return fail(ErrorKind::redirected,
                fmt::format("an answer of {} continues at {}, which is not the same server", root_,
                            plain_text(http::without_user_info(request.url), 200)),
                "nothing was sent there; check the endpoint and any proxy in between");
  }
  return request;
}

Result<Json> GraphConnection::get(const std::string& path, std::stop_token stop) {
  Result<http::HttpRequest> request = get_request(path);
  if (!request) return fail(request.error());
  const Result<http::HttpResponse> response = send(*request, std::move(stop));
  if (!response) return fail(response.error());
  return parse_answer(*request, *response);
}

Result<std::string> GraphConnection::get_text(const std::string& path, std::stop_token stop,
                                              std::size_t max_bytes) {
  Result<http::HttpRequest> request = get_request(path);
  if (!request) return fail(request.error());
  request->max_response_bytes = max_bytes;
  Result<http::HttpResponse> response = send(*request, std::move(stop));
  if (!response) return fail(response.error());
  return std::move(response->body);
}

Result<void> GraphConnection::read_pages(const std::string& path,
                                         const std::function<Result<bool>(Json)>& take,
                                         std::stop_token stop) {
  std::size_t bytes = 0;
  const auto read_page = [&, stop = std::move(stop)](const std::string& link) -> Result<Json> {
    const Result<http::HttpRequest> request = get_request(link);
    if (!request) return fail(request.error());
    const Result<http::HttpResponse> response = send(*request, stop);
    if (!response) return fail(response.error());
    bytes += response->body.size();
    if (bytes > kMaxCollectionBytes) return too_large(path, "512 MiB");
    return parse_answer(*request, *response);
  };
  std::set<std::string> visited;
  std::string next = path;
  while (!next.empty()) {
    if (visited.size() == kMaxPages) return malformed_answer(path, "the pages do not end");
    if (!visited.insert(url(next)).second) {
      return malformed_answer(path, "a page refers to an earlier one");
    }
    Result<Json> page = read_page(next);
    if (!page) return fail(page.error());
    if (!member_or_null(*page, "value").is_array()) {
      return malformed_answer(path, "the answer has no collection `value`");
    }
    for (Json& item : (*page)["value"]) {
      const Result<bool> goes_on = take(std::move(item));
      if (!goes_on) return fail(goes_on.error());
      if (!*goes_on) return {};
    }
    next = string_or(*page, "@odata.nextLink");
    if (next.starts_with('/')) return malformed_answer(path, "the link to the next page is no URL");
  }
  return {};
}

Result<void> GraphConnection::for_each_item(const std::string& path,
                                            const std::function<Result<void>(Json)>& take,
                                            std::stop_token stop) {
  std::size_t count = 0;
  return read_pages(
      path,
      [&](Json item) -> Result<bool> {
        if (++count > kMaxItems) return too_large(path, "1 000 000 items");
        const Result<void> taken = take(std::move(item));
        if (!taken) return fail(taken.error());
        return true;
      },
      std::move(stop));
}

Result<std::vector<Json>> GraphConnection::get_all(const std::string& path, std::stop_token stop) {
  std::vector<Json> items;
  const Result<void> read = for_each_item(
      path,
      [&items](Json item) -> Result<void> {
        items.push_back(std::move(item));
        return {};
      },
      std::move(stop));
  if (!read) return fail(read.error());
  return items;
}

Result<std::vector<Json>> GraphConnection::get_first(const std::string& path, std::size_t limit,
                                                     std::stop_token stop) {
  std::vector<Json> items;
  if (limit == 0) return items;
  const Result<void> read = read_pages(
      path,
      [&](Json item) -> Result<bool> {
        items.push_back(std::move(item));
        return items.size() < limit;
      },
      std::move(stop));
  if (!read) return fail(read.error());
  return items;
}

Result<http::HttpResponse> GraphConnection::send_with(const Secret& token,
                                                      http::HttpRequest& request,
                                                      std::stop_token stop) {
  request.headers.set("Authorization", "Bearer " + std::string(token.reveal()));
  request.headers.set("client-request-id", random_uuid());
  Result<http::HttpResponse> response = transport_.send(request, std::move(stop));
  if (!response) return response;
  if (response->status >= 200 && response->status < 300) return response;
  Error error = graph_error(request, *response, read_claims(token.reveal()));
  error.lacks_role = error.kind == ErrorKind::forbidden && lacks_role(token, request);
  return fail(std::move(error));
}

Result<Secret> GraphConnection::token_after(const Secret& refused, const Error& refusal,
                                            std::stop_token stop) {
  const std::scoped_lock lock(renewal_);
  Result<Secret> token = tokens_.token(stop);
  if (!token || token->reveal() != refused.reveal()) return token;
  if (tokens_.renew()) return tokens_.token(std::move(stop));
  Error error = refusal;
  error.advice =
      fmt::format("{} was refused and cannot be renewed: get a new one", tokens_.description());
  return fail(std::move(error));
}

Result<http::HttpResponse> GraphConnection::send(http::HttpRequest request, std::stop_token stop) {
  const std::optional<http::Origin> origin = http::parse_origin(request.url);
  if (!origin || origin != http::parse_origin(root_)) {
    return fail(ErrorKind::guard, fmt::format("no token is sent to {}: it was got for {}",
                                              plain_text(http::without_user_info(request.url), 200),
                                              http::without_user_info(root_)));
  }
  if (!origin->protects_secrets()) {
    return fail(ErrorKind::guard,
                fmt::format("no token is sent over plain http to {}", origin->host),
                "use https; plain http is for a loopback address only");
  }
  Result<http::HttpResponse> response = send_with_renewal(request, std::move(stop));
  if (request.confidential) wipe(request.body);
  return response;
}

Result<http::HttpResponse> GraphConnection::send_with_renewal(http::HttpRequest& request,
                                                              std::stop_token stop) {
  request.headers.set("Accept", "application/json");
  if (!request.body.empty()) request.headers.set("Content-Type", "application/json");
  Result<Secret> token = tokens_.token(stop);
  if (!token) return fail(token.error());
  Result<http::HttpResponse> response = send_with(*token, request, stop);
  if (response || !is_token_refusal(response.error())) return response;

  const Result<Secret> renewed = token_after(*token, response.error(), stop);
  if (!renewed) return fail(renewed.error());
  return send_with(*renewed, request, std::move(stop));
}

}  // namespace syncwright::graph_read
