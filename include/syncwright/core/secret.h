#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace syncwright {

/// A value that must not be seen: move-only, wiped on destruction, prints as "(secret)".
/// `reveal` is called by the code that writes a request and by nothing else. Every living value is
/// known to without_held_secrets (redaction.h). Thread-safe as a string is.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value);
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  [[nodiscard]] std::string_view reveal() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }
  /// A second holder, where one value goes to two requests (validate, then save).
  [[nodiscard]] Secret clone() const { return Secret(value_); }

 private:
  void take(Secret& other) noexcept;

  std::string value_;
};

/// Overwrites the string's bytes before releasing them.
void wipe(std::string& value);

}  // namespace syncwright

template <>
struct fmt::formatter<syncwright::Secret> : fmt::formatter<fmt::string_view> {
  auto format(const syncwright::Secret&, fmt::format_context& context) const {
    return fmt::formatter<fmt::string_view>::format("(secret)", context);
  }
};
