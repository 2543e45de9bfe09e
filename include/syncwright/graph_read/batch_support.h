#pragma once

#include <atomic>

namespace syncwright::graph_read {

/// Whether a service takes requests in batches, as far as one run knows: it does until a batch was
/// not answered as one, a request was refused in one that is carried out by itself, or something in
/// one was throttled. Thread-safe.
class BatchSupport {
 public:
  [[nodiscard]] bool is_supported() const { return supported_; }
  void give_up() { supported_ = false; }

 private:
  std::atomic<bool> supported_ = true;
};

}  // namespace syncwright::graph_read
