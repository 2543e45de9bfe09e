#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/core/secret.h"
#include "syncwright/graph_read/batch_support.h"
#include "syncwright/graph_read/graph_error.h"
#include "syncwright/graph_read/token_source.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

/// One Graph root ("https://graph.microsoft.com") and a token for it: builds requests, adds the
/// bearer token only for that root's host (plain HTTP only to a loopback address:
/// ErrorKind::guard), refreshes it once after a 401 of an expired token, refuses redirects, and
/// unwraps errors (graph_error.h). Every request carries its own client-request-id. Thread-safe.
class GraphConnection {
 public:
  GraphConnection(http::HttpTransport& transport, std::string root, TokenSource& tokens);
  /// The same root and tokens over another transport, such as one that stands over that of
  /// `other`. A refused token is renewed once for both, and what one learns of batches both know.
  /// `other` outlives it.
  GraphConnection(GraphConnection& other, http::HttpTransport& transport);

  /// Path and query behind /v1.0, percent-encoded (graph_path.h): "/servicePrincipals?$top=1"; or a
  /// whole nextLink, which must lie under the root, else ErrorKind::redirected and nothing is sent.
  [[nodiscard]] Result<Json> get(const std::string& path, std::stop_token stop);
  /// The body as it came: for schema documents.
  [[nodiscard]] Result<std::string> get_text(const std::string& path, std::stop_token stop,
                                             std::size_t max_bytes);
  /// Hands on every item of a collection, page by page by nextLink; a failure of `take` ends it.
  /// Bounded in pages (10 000), in items (1 000 000) and in bytes (512 MiB). A page without `value`
  /// and a nextLink that comes back are ErrorKind::malformed.
  [[nodiscard]] Result<void> for_each_item(const std::string& path,
                                           const std::function<Result<void>(Json)>& take,
                                           std::stop_token stop);
  /// All items at once.
  [[nodiscard]] Result<std::vector<Json>> get_all(const std::string& path, std::stop_token stop);
  /// The first `limit` items; no page is read that is not needed for them.
  [[nodiscard]] Result<std::vector<Json>> get_first(const std::string& path, std::size_t limit,
                                                    std::stop_token stop);

  /// For graph_write: sends with token, answers any 2xx; anything else is its graph_error. The body
  /// of a confidential request is wiped before the return, if it was moved in.
  [[nodiscard]] Result<http::HttpResponse> send(http::HttpRequest request, std::stop_token stop);
  /// root + "/v1.0" + path; a path that is a whole URL stays as it is.
  [[nodiscard]] std::string url(const std::string& path) const;
  [[nodiscard]] TokenSource& tokens() { return tokens_; }
  [[nodiscard]] http::HttpTransport& transport() { return transport_; }
  [[nodiscard]] BatchSupport& batches() { return batches_; }

 private:
  [[nodiscard]] Result<http::HttpResponse> send_with_renewal(http::HttpRequest& request,
                                                             std::stop_token stop);
  [[nodiscard]] Result<http::HttpResponse> send_with(const Secret& token,
                                                     http::HttpRequest& request,
                                                     std::stop_token stop);
  [[nodiscard]] Result<Secret> token_after(const Secret& refused, const Error& refusal,
                                           std::stop_token stop);
  [[nodiscard]] Result<http::HttpRequest> get_request(const std::string& path) const;
  /// Until `take` says false.
  [[nodiscard]] Result<void> read_pages(const std::string& path,
                                        const std::function<Result<bool>(Json)>& take,
                                        std::stop_token stop);

  http::HttpTransport& transport_;
  std::string root_;
  TokenSource& tokens_;
  std::mutex own_renewal_;
  std::mutex& renewal_;  ///< many requests are refused at once when a token expires: one renews
  BatchSupport own_batches_;
  BatchSupport& batches_;
};

}  // namespace syncwright::graph_read
