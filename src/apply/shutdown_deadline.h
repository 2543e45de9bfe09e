#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace syncwright::apply {

/// Writes in flight are finished after a stop request, but not for ever: `token` is stopped a while
/// after `stop` was. Real time on purpose: it bounds how long a person waits after Ctrl-C.
class ShutdownDeadline {
 public:
  ShutdownDeadline(std::stop_token stop, std::chrono::milliseconds length);
  ~ShutdownDeadline();
  ShutdownDeadline(const ShutdownDeadline&) = delete;
  ShutdownDeadline& operator=(const ShutdownDeadline&) = delete;

  [[nodiscard]] std::stop_token token() const { return hard_.get_token(); }

 private:
  std::stop_source hard_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread timer_;
};

}  // namespace syncwright::apply
