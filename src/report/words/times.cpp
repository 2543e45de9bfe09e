#include "syncwright/report/times.h"

#include <fmt/format.h>

#include <chrono>

#include "syncwright/report/escape.h"

namespace syncwright::report {

namespace {

/// "4 min"; what is left over is cut off.
std::string length_words(std::chrono::seconds length) {
  const auto seconds = length.count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 2 * 3600) return fmt::format("{} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} days", seconds / (24 * 3600));
}

std::string age_words(Instant then, Instant now) {
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - then);
  if (age == std::chrono::seconds::zero()) return "now";
  return age.count() > 0 ? length_words(age) + " ago" : "in " + length_words(-age);
}

}  // namespace

std::string Times::words(const std::string& time) const {
  const std::string exact = escape_terminal(time);
  const auto instant = now_ ? parse_rfc3339(time) : std::nullopt;
  if (!instant) return exact;
  const std::string age = age_words(*instant, *now_);
  return exact_as_well_ ? fmt::format("{} ({})", exact, age) : age;
}

}  // namespace syncwright::report
