#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "syncwright/http/transport.h"

namespace syncwright::http {

/// Answers requests from a list, in order, and remembers them. Thread-safe. With an empty list it
/// answers 200.
class ScriptedTransport final : public HttpTransport {
 public:
  ScriptedTransport() = default;
  explicit ScriptedTransport(std::vector<Result<HttpResponse>> answers)
      : answers_(std::make_move_iterator(answers.begin()), std::make_move_iterator(answers.end())) {
  }

  Result<HttpResponse> send(const HttpRequest& request, std::stop_token) override {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    if (on_send) on_send();
    if (answers_.empty()) return HttpResponse{200, {}, ""};
    Result<HttpResponse> answer = std::move(answers_.front());
    answers_.pop_front();
    return answer;
  }

  [[nodiscard]] std::vector<HttpRequest> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  std::function<void()> on_send;  ///< set before the first request

 private:
  mutable std::mutex mutex_;
  std::deque<Result<HttpResponse>> answers_;
  std::vector<HttpRequest> requests_;
};

}  // namespace syncwright::http
