#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "syncwright/core/error.h"

namespace syncwright {

/// A cache for many threads that makes one look-up a key: the first caller makes it, and callers
/// that come meanwhile wait for its answer. Errors are not cached, so the next caller looks up
/// again. Thread-safe.
template <class Key, class Value>
class SingleFlightCache {
 public:
  template <class LookUp>
  [[nodiscard]] Result<Value> get(const Key& key, const LookUp& look_up) {
    Answer& answer = answer_of(key);
    const std::scoped_lock lock(answer.asking);
    if (!answer.value) {
      Result<Value> found = look_up();
      if (!found) return found;
      answer.value = std::move(*found);
    }
    return *answer.value;
  }

 private:
  struct Answer {
    std::mutex asking;
    std::optional<Value> value;
  };

  Answer& answer_of(const Key& key) {
    const std::scoped_lock lock(mutex_);
    return answers_[key];
  }

  std::mutex mutex_;
  std::map<Key, Answer> answers_;
};

}  // namespace syncwright
