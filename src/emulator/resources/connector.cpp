#include "emulator/resources/connector.h"

#include <fmt/format.h>

namespace syncwright::emulator {

std::optional<std::string> refuse_credentials(const Json& connector, const Secrets& secrets) {
  const Json& required = member_or_null(connector, "requiredSecrets");
  if (required.is_array()) {
    for (const Json& key : required) {
      const std::string name = key.is_string() ? key.get<std::string>() : "";
      const auto found = secrets.find(name);
      if (found == secrets.end() || found->second.empty()) {
        return fmt::format("You appear to have entered invalid credentials: {} is missing.", name);
      }
    }
  }
  for (const auto& [key, value] : secrets) {
    const bool is_mask = value == "*" && secret_kind(key) == SecretKind::masked;
    if (is_mask || (key == "SecretToken" && value == "invalid")) {
      return fmt::format(
          "You appear to have entered invalid credentials. Check the tenant URL and the {}.", key);
    }
  }
  return std::nullopt;
}

}  // namespace syncwright::emulator
