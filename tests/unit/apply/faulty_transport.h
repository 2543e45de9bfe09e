#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "syncwright/http/transport.h"

namespace syncwright {

enum class Fault {
  none,
  not_sent,      ///< the connection failed before anything was sent
  lost_answer,   ///< the request took effect, and its answer never came
  html,          ///< it took effect, and a proxy answered 200 with a page
  server_error,  ///< 500 with Graph's error body; it did not take effect
  throttled,     ///< 429; it did not take effect
  forbidden,     ///< 403; it did not take effect
};

/// Passes requests on, except where `fault_of` says otherwise. Counts requests from 1; keeps
/// "METHOD /path" of each, in the order they came. Thread-safe.
class FaultyTransport final : public HttpTransport {
 public:
  using FaultOf = std::function<Fault(const HttpRequest& request, int number)>;

  explicit FaultyTransport(HttpTransport& next) : next_(next) {}

  void set(FaultOf fault_of) {
    const std::scoped_lock lock(mutex_);
    fault_of_ = std::move(fault_of);
  }
  /// A run that is killed: nothing comes back from the request of that number on. Whether that one
  /// still took effect is `last`.
  void die_at(int number, Fault last) {
    set([number, last](const HttpRequest&, int current) {
      if (current < number) return Fault::none;
      return current == number ? last : Fault::not_sent;
    });
  }
  void heal() { set(nullptr); }
  /// Called before a request is passed on, outside the lock.
  void before(std::function<void(const HttpRequest&)> hook) { before_ = std::move(hook); }

  void forget() {
    const std::scoped_lock lock(mutex_);
    lines_.clear();
  }
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }
  /// The lines of writing requests.
  [[nodiscard]] std::vector<std::string> writes() const {
    std::vector<std::string> writes = lines();
    std::erase_if(writes, [](const std::string& line) { return line.starts_with("GET "); });
    return writes;
  }

  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request,
                                          std::stop_token stop) override {
    const Fault fault = note(request);
    if (before_) before_(request);
    if (fault == Fault::not_sent) return fail(ErrorKind::transport, "connection refused");
    if (fault == Fault::server_error) return refusal(500, "InternalServerError");
    if (fault == Fault::forbidden) return refusal(403, "Authorization_RequestDenied");
    if (fault == Fault::throttled) return refusal(429, "TooManyRequests");
    Result<HttpResponse> answer = next_.send(request, std::move(stop));
    if (fault == Fault::lost_answer) return fail(ErrorKind::transport, "connection reset");
    if (fault == Fault::html) {
      return HttpResponse{200, {{"Content-Type", "text/html"}}, "<html>proxy</html>"};
    }
    return answer;
  }

 private:
  static HttpResponse refusal(int status, const std::string& code) {
    return {status,
            {{"Content-Type", "application/json"}},
            R"({"error":{"code":")" + code + R"(","message":"injected"}})"};
  }

  Fault note(const HttpRequest& request) {
    const std::scoped_lock lock(mutex_);
    const std::size_t version = request.url.find("/v1.0/");
    const std::string path =
        version == std::string::npos ? request.url : request.url.substr(version + 5);
    lines_.push_back(std::string(to_string(request.method)) + " " + path);
    return fault_of_ ? fault_of_(request, static_cast<int>(lines_.size())) : Fault::none;
  }

  HttpTransport& next_;
  mutable std::mutex mutex_;
  FaultOf fault_of_;
  std::function<void(const HttpRequest&)> before_;
  std::vector<std::string> lines_;
};

}  // namespace syncwright
