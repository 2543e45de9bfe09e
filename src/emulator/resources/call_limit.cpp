#include "emulator/resources/call_limit.h"

#include "emulator/graph_error.h"

namespace syncwright::emulator {

std::optional<Reply> count_call(std::deque<Instant>& earlier, const CallLimit& limit, Instant now) {
  while (!earlier.empty() && earlier.front() + limit.window <= now) earlier.pop_front();
  if (earlier.size() < limit.calls) {
    earlier.push_back(now);
    return std::nullopt;
  }
  const auto wait = std::chrono::ceil<std::chrono::seconds>(earlier.front() + limit.window - now);
  Reply reply =
      graph_error(429, "TooManyRequests", "Too many requests. Please retry after a while.");
  reply.retry_after = static_cast<int>(wait.count());
  return reply;
}

}  // namespace syncwright::emulator
