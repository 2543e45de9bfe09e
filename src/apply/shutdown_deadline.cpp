#include "apply/shutdown_deadline.h"

namespace syncwright::apply {

ShutdownDeadline::ShutdownDeadline(std::stop_token stop, std::chrono::milliseconds length)
    : timer_([this, stop = std::move(stop), length](const std::stop_token& ended) {
        // Made before the lock is taken: it runs here and now where the stop came first.
        const std::stop_callback wake(stop, [this] {
          const std::scoped_lock hold(mutex_);
          changed_.notify_all();
        });
        std::unique_lock lock(mutex_);
        changed_.wait(lock, ended, [&stop] { return stop.stop_requested(); });
        if (ended.stop_requested()) return;
        changed_.wait_for(lock, ended, length, [] { return false; });
        if (!ended.stop_requested()) hard_.request_stop();
      }) {}

ShutdownDeadline::~ShutdownDeadline() = default;

}  // namespace syncwright::apply
