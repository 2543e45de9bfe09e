#include "cli/since.h"

#include <chrono>
#include <cstdint>

namespace syncwright::cli {

std::optional<Instant> parse_since(const std::string& text, Instant now) {
  if (const auto instant = parse_rfc3339(text)) {
    return instant;
  }
  const std::string digits = text.substr(0, text.size() - 1);
  if (text.size() < 2 || digits.size() > 6 ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const std::int64_t count = std::stoll(digits);
  switch (text.back()) {
    case 's':
      return now - std::chrono::seconds(count);
    case 'm':
      return now - std::chrono::minutes(count);
    case 'h':
      return now - std::chrono::hours(count);
    case 'd':
      return now - std::chrono::hours(24 * count);
    default:
      return std::nullopt;
  }
}

}  // namespace syncwright::cli
