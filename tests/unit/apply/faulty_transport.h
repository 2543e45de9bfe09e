#pragma once

#include <algorithm>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/http/transport.h"

namespace syncwright::apply {

enum class Fault {
  none,
  not_sent,           ///< the connection failed before anything was sent
  lost_answer,        ///< the request took effect, and its answer never came
  html,               ///< it took effect, and a proxy answered 200 with a page
  server_error,       ///< 500 with Graph's error body; it did not take effect
  throttled,          ///< 429; it did not take effect
  forbidden,          ///< 403; it did not take effect
  not_found,          ///< 404, as from a replica that lags
  unavailable,        ///< 503 with Retry-After: 2; it did not take effect
  swallowed,          ///< 200 with an empty body; it did not take effect
  server_error_done,  ///< 500, although it took effect
  throttled_done,     ///< 429 with Retry-After: 2, although it took effect
  unavailable_done,   ///< 503 with Retry-After: 2, although it took effect
  empty_done,         ///< it took effect, and the answer was 200 with an empty body
  not_found_done,     ///< 404, although it took effect: a gateway's, of a $batch
};

/// Whether a request that is disturbed so takes effect all the same.
inline bool takes_effect(Fault fault) {
  switch (fault) {
    case Fault::none:
    case Fault::lost_answer:
    case Fault::html:
    case Fault::server_error_done:
    case Fault::throttled_done:
    case Fault::unavailable_done:
    case Fault::empty_done:
    case Fault::not_found_done:
      return true;
    case Fault::not_sent:
    case Fault::server_error:
    case Fault::throttled:
    case Fault::forbidden:
    case Fault::not_found:
    case Fault::unavailable:
    case Fault::swallowed:
      return false;
  }
  return false;
}

/// Passes requests on, except where `fault_of` says otherwise. Counts requests from 1; keeps
/// "METHOD /path" of each, in the order they came. A $batch is one request and shows itself as the
/// first of its items, without a query. Thread-safe.
class FaultyTransport final : public http::HttpTransport {
 public:
  using FaultOf = std::function<Fault(const http::HttpRequest& request, int number)>;

  explicit FaultyTransport(http::HttpTransport& next) : next_(next) {}

  void set(FaultOf fault_of) {
    const std::scoped_lock lock(mutex_);
    fault_of_ = std::move(fault_of);
  }
  /// A run that is killed: nothing comes back from the request of that number on. Whether that one
  /// still took effect is `last`.
  void die_at(int number, Fault last) {
    set([number, last](const http::HttpRequest&, int current) {
      if (current < number) return Fault::none;
      return current == number ? last : Fault::not_sent;
    });
  }
  void heal() { set(nullptr); }
  /// Called before a request is passed on, outside the lock.
  void before(std::function<void(const http::HttpRequest&)> hook) { before_ = std::move(hook); }

  void forget() {
    const std::scoped_lock lock(mutex_);
    lines_.clear();
    items_.clear();
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }
  /// The same with all items of each $batch, and without queries.
  [[nodiscard]] std::vector<std::string> items() const {
    const std::scoped_lock lock(mutex_);
    return items_;
  }
  /// The lines of writing requests.
  [[nodiscard]] std::vector<std::string> writes() const {
    std::vector<std::string> writes = lines();
    std::erase_if(writes, [](const std::string& line) { return line.starts_with("GET "); });
    return writes;
  }

  [[nodiscard]] Result<http::HttpResponse> send(const http::HttpRequest& request,
                                                std::stop_token stop) override {
    const http::HttpRequest shown = first_of(request);
    const Fault fault = note(shown);
    if (before_) before_(shown);
    if (!takes_effect(fault)) return answer_of(fault);
    Result<http::HttpResponse> answer = next_.send(request, std::move(stop));
    return fault == Fault::none ? std::move(answer) : answer_of(fault);
  }

 private:
  static http::HttpResponse refusal(int status, const std::string& code) {
    return {status,
            {{"Content-Type", "application/json"}},
            R"({"error":{"code":")" + code + R"(","message":"injected"}})"};
  }
  static http::HttpResponse pausing(http::HttpResponse response) {
    response.headers.set("Retry-After", "2");
    return response;
  }

  /// What the client hears instead of the tenant.
  static Result<http::HttpResponse> answer_of(Fault fault) {
    switch (fault) {
      case Fault::none:
      case Fault::not_sent:
        return fail(ErrorKind::transport, "connection refused");
      case Fault::lost_answer:
        return fail(ErrorKind::transport, "connection reset");
      case Fault::html:
        return http::HttpResponse{200, {{"Content-Type", "text/html"}}, "<html>proxy</html>"};
      case Fault::server_error:
      case Fault::server_error_done:
        return refusal(500, "InternalServerError");
      case Fault::throttled:
        return refusal(429, "TooManyRequests");
      case Fault::throttled_done:
        return pausing(refusal(429, "TooManyRequests"));
      case Fault::forbidden:
        return refusal(403, "Authorization_RequestDenied");
      case Fault::not_found:
      case Fault::not_found_done:
        return refusal(404, "Request_ResourceNotFound");
      case Fault::unavailable:
      case Fault::unavailable_done:
        return pausing(refusal(503, "ServiceUnavailable"));
      case Fault::swallowed:
      case Fault::empty_done:
        return http::HttpResponse{200, {}, ""};
    }
    return fail(ErrorKind::internal, "a fault of an unknown kind");
  }

  /// The request itself, or the first one of a $batch.
  static http::HttpRequest first_of(const http::HttpRequest& request) {
    http::HttpRequest first = request;
    if (request.items.empty()) return first;
    first.method = request.items.front().method;
    first.url.replace(first.url.find("/$batch"), std::string::npos, request.items.front().path);
    return first;
  }

  void note_items(const http::HttpRequest& request, const std::string& line) {
    if (request.items.empty()) {
      items_.push_back(line.substr(0, line.find('?')));
      return;
    }
    for (const http::HttpItem& item : request.items) {
      items_.push_back(std::string(to_string(item.method)) + " " + item.path);
    }
  }

  Fault note(const http::HttpRequest& request) {
    const std::scoped_lock lock(mutex_);
    const std::size_t version = request.url.find("/v1.0/");
    const std::string path =
        version == std::string::npos ? request.url : request.url.substr(version + 5);
    lines_.push_back(std::string(to_string(request.method)) + " " + path);
    note_items(request, lines_.back());
    return fault_of_ ? fault_of_(request, static_cast<int>(lines_.size())) : Fault::none;
  }

  http::HttpTransport& next_;
  mutable std::mutex mutex_;
  FaultOf fault_of_;
  std::function<void(const http::HttpRequest&)> before_;
  std::vector<std::string> lines_;
  std::vector<std::string> items_;
};

}  // namespace syncwright::apply
