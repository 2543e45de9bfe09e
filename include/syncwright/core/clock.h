#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace syncwright {

using Milliseconds = std::chrono::milliseconds;
/// A moment in UTC.
using Instant = std::chrono::sys_time<Milliseconds>;

/// Time as a seam: production waits, tests tick. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  /// Returns after `duration`, or earlier when `stop` is requested; false then.
  virtual bool wait(Milliseconds duration, std::stop_token stop) = 0;
  /// Moves a clock that can be moved to at least this time; any other stays as it is.
  virtual void catch_up(Instant /*earliest*/) {}
};

/// The machine's clock: a wait takes the time that it says.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  bool wait(Milliseconds duration, std::stop_token stop) override;
};

/// "2026-11-22T10:00:00Z", with milliseconds only where they are not zero.
[[nodiscard]] std::string format_rfc3339(Instant instant);
/// Any fraction of up to nine digits, `Z` or an offset. nullopt for anything else.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace syncwright
