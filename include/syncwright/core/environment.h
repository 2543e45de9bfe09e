#pragma once

#include <map>
#include <optional>
#include <string>

namespace syncwright {

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
