#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/core/json.h"
#include "syncwright/graph_read/connection.h"
#include "syncwright/http/transport.h"

namespace syncwright::graph_read {

inline http::HttpResponse json_answer(int status, const std::string& body) {
  return {status, {{"Content-Type", "application/json"}, {"request-id", "req-1"}}, body};
}

inline http::HttpResponse graph_failure(int status, const std::string& code,
                                        const std::string& message) {
  return json_answer(status, canonical_json({{"error", {{"code", code}, {"message", message}}}}));
}

/// A transport whose answers a test writes as a function. Keeps every request, as sent.
/// Thread-safe.
class FakeGraph final : public http::HttpTransport {
 public:
  using Handler = std::function<Result<http::HttpResponse>(const http::HttpRequest&)>;

  explicit FakeGraph(Handler handler) : handler_(std::move(handler)) {}

  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token) override {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    return handler_(request);
  }

  [[nodiscard]] std::vector<http::HttpRequest> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  /// "GET /servicePrincipals?..." of every request, without the host and /v1.0.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const http::HttpRequest& request : requests()) {
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
  std::vector<http::HttpRequest> requests_;
};

/// A connection to graph.example over a FakeGraph, with the token "t0ken".
struct FakeConnection {
  explicit FakeConnection(FakeGraph::Handler handler)
      : graph(std::move(handler)),
        tokens(graph_read::make_fixed_token_source(Secret("t0ken"), "a token of the tests")),
        connection(graph, "https://graph.example", *tokens) {}

  FakeGraph graph;
  std::unique_ptr<graph_read::TokenSource> tokens;
  graph_read::GraphConnection connection;
};

/// Every request gets the same answer.
inline FakeGraph::Handler always(int status, std::string body) {
  return [status, body = std::move(body)](const http::HttpRequest&) -> Result<http::HttpResponse> {
    return json_answer(status, body);
  };
}

}  // namespace syncwright::graph_read
