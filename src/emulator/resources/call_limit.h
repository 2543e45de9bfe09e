#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

#include "emulator/exchange.h"

namespace syncwright::emulator {

/// At most `calls` within any `window` (docs/graph.md#4).
struct CallLimit {
  std::size_t calls;
  std::chrono::seconds window;
};

/// Counts one more call among the `earlier` ones, which are sorted by time. The refusal of a call
/// that is one too many says when to come again, and counts nothing.
[[nodiscard]] std::optional<Reply> count_call(std::deque<Instant>& earlier, const CallLimit& limit,
                                              Instant now);

}  // namespace syncwright::emulator
