#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace syncwright {

/// Letters, digits and `_`, no digit first (POSIX 8.1). What cannot be a name may be a secret that
/// stands in the wrong place, and is never shown.
[[nodiscard]] bool is_environment_name(std::string_view name);

/// Environment variables as a value: read once in `main`, replaced in tests.
class Environment {
 public:
  Environment() = default;
  explicit Environment(std::map<std::string, std::string> variables);
  /// The process's own.
  [[nodiscard]] static Environment of_process();

  /// nullopt where the variable is not set or empty.
  [[nodiscard]] std::optional<std::string> get(const std::string& name) const;
  /// The same with one variable more, or with another value.
  [[nodiscard]] Environment with(const std::string& name, std::string value) const;

 private:
  std::map<std::string, std::string> variables_;
};

}  // namespace syncwright
