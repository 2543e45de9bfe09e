#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace syncwright::graph_read {

/// Bounds how much schema text the applications that are read hold together: documents arrive
/// faster than they are planned, and with its index each takes nearly twice its text. Of small ones
/// nobody waits. Thread-safe.
class SchemaRoom {
 public:
  /// Waits until there is room for one as large as the largest so far, which is what it takes.
  [[nodiscard]] std::size_t take() {
    std::unique_lock lock(mutex_);
    given_back_.wait(lock, [this] { return has_room(); });
    taken_ += expected_;
    if (has_room()) given_back_.notify_one();  // who gives back wakes one, which wakes the next
    return expected_;
  }

  /// What took `expected` has `bytes`.
  void correct(std::size_t expected, std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    taken_ = taken_ - expected + bytes;
    expected_ = is_known_ ? std::max(expected_, bytes) : bytes;
    is_known_ = true;
    given_back_.notify_one();
  }

  void give_back(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    taken_ -= bytes;
    given_back_.notify_one();
  }

 private:
  static constexpr std::size_t kRoom = 6U << 20U;

  [[nodiscard]] bool has_room() const { return taken_ == 0 || taken_ + expected_ <= kRoom; }

  std::mutex mutex_;
  std::condition_variable given_back_;
  std::size_t taken_ = 0;
  /// Before the first is read: the size of a portal's export.
  std::size_t expected_ = 566U << 10U;
  bool is_known_ = false;
};

/// What one application takes of it. For one thread.
class SchemaShare {
 public:
  explicit SchemaShare(SchemaRoom& room) : room_(room) {}
  SchemaShare(const SchemaShare&) = delete;
  SchemaShare& operator=(const SchemaShare&) = delete;
  ~SchemaShare() {
    if (taken_ > 0) room_.give_back(taken_);
  }

  /// Before a schema is asked for. One that has some already does not wait: its turn ends sooner.
  void await() {
    if (taken_ == 0) taken_ = expected_ = room_.take();
  }
  /// The schema came, and is held until the end.
  void hold(std::size_t bytes) {
    room_.correct(expected_, bytes);
    taken_ = taken_ - expected_ + bytes;
    expected_ = 0;
  }

 private:
  SchemaRoom& room_;
  std::size_t taken_ = 0;
  std::size_t expected_ = 0;  ///< of it, for what did not come yet
};

}  // namespace syncwright::graph_read
