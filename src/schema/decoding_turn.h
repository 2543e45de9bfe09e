#pragma once

#include <simdjson.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <semaphore>
#include <utility>
#include <vector>

#include "schema/attribute_list_cache.h"

namespace syncwright::schema {

/// A parser takes several times the document's size while it works, and more than there are
/// processors to do it gain nothing.
inline constexpr std::ptrdiff_t max_decoded_at_once = 2;
/// Parsers of a larger document are not kept for the next one.
inline constexpr std::size_t max_kept_capacity = 2u << 20u;

/// What one decoding works with, and leaves to the next.
struct Parsers {
  simdjson::dom::parser verdict;
  simdjson::ondemand::parser index;
  AttributeListCache attribute_lists;
};

/// One of the few turns to decode, with parsers whose memory the last one has used already: fresh
/// pages for every document would take longer than reading it.
class DecodingTurn {
 public:
  DecodingTurn() {
    turns.acquire();
    const std::scoped_lock lock(mutex);
    if (idle.empty()) return;
    parsers_ = std::move(idle.back());
    idle.pop_back();
  }
  DecodingTurn(const DecodingTurn&) = delete;
  DecodingTurn& operator=(const DecodingTurn&) = delete;
  ~DecodingTurn() {
    {
      const std::scoped_lock lock(mutex);
      if (parsers_ && parsers_->verdict.capacity() <= max_kept_capacity) {
        idle.push_back(std::move(parsers_));
      }
    }
    turns.release();
  }

  Parsers& parsers() {
    if (!parsers_) parsers_ = std::make_unique<Parsers>();
    return *parsers_;
  }

 private:
  inline static std::counting_semaphore<> turns{max_decoded_at_once};
  inline static std::mutex mutex;
  inline static std::vector<std::unique_ptr<Parsers>> idle;
  std::unique_ptr<Parsers> parsers_;
};

}  // namespace syncwright::schema
