#pragma once

#include <fmt/format.h>

#include <functional>
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
  friend std::string without_held_secrets(std::string_view text);
  /// Shows the value of each Secret that is not empty and lives. None is made or moved meanwhile:
  /// `visit` must not make one.
  static void visit_living(const std::function<void(std::string_view)>& visit);
  void take(Secret& other) noexcept;

  std::string value_;
};

/// Overwrites the string's bytes before releasing them.
void wipe(std::string& value);

/// From now on no crash leaves the memory of this process on a disk, and no other process of the
/// same user may look into it: it holds secrets. Programs that it starts leave no core file either.
/// `main` calls it before anything reads a secret.
void disable_core_dumps();

}  // namespace syncwright

template <>
struct fmt::formatter<syncwright::Secret> : fmt::formatter<fmt::string_view> {
  auto format(const syncwright::Secret&, fmt::format_context& context) const {
    return fmt::formatter<fmt::string_view>::format("(secret)", context);
  }
};
