#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/http/transport.h"

namespace syncwright {

inline HttpResponse json_answer(int status, const std::string& body) {
  return {status, {{"Content-Type", "application/json"}, {"request-id", "req-1"}}, body};
}

inline HttpResponse graph_failure(int status, const std::string& code, const std::string& message) {
  return json_answer(status, canonical_json({{"error", {{"code", code}, {"message", message}}}}));
}

/// A transport whose answers a test writes as a function. Keeps every request, as sent.
/// Thread-safe.
class FakeGraph final : public HttpTransport {
 public:
  using Handler = std::function<Result<HttpResponse>(const HttpRequest&)>;

  explicit FakeGraph(Handler handler) : handler_(std::move(handler)) {}

  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    return handler_(request);
  }

  [[nodiscard]] std::vector<HttpRequest> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  /// "GET /servicePrincipals?..." of every request, without the host and /v1.0.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const HttpRequest& request : requests()) {
      const std::size_t version = request.url.find("/v1.0/");
      lines.push_back(
          std::string(to_string(request.method)) + " " +
          (version == std::string::npos ? request.url : request.url.substr(version + 5)));
    }
    return lines;
  }

 private:
  mutable std::mutex mutex_;
  Handler handler_;
  std::vector<HttpRequest> requests_;
};

/// A connection to graph.example over a FakeGraph, with the token "t0ken".
struct FakeConnection {
  explicit FakeConnection(FakeGraph::Handler handler)
      : graph(std::move(handler)),
        tokens(make_fixed_token_source(Secret("t0ken"), "a token of the tests")),
        connection(graph, "https://graph.example", *tokens) {}

  FakeGraph graph;
  std::unique_ptr<TokenSource> tokens;
  GraphConnection connection;
};

/// Every request gets the same answer.
inline FakeGraph::Handler always(int status, std::string body) {
  return [status, body = std::move(body)](const HttpRequest&) -> Result<HttpResponse> {
    return json_answer(status, body);
  };
}

}  // namespace syncwright
