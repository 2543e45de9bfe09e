#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace syncwright {

/// Scheme, host and port of a URL: what a bearer token is bound to. Lower case, the port always
/// said.
struct Origin {
  std::string scheme;
  std::string host;
  std::string port;

  bool operator==(const Origin&) const = default;
  /// 127.0.0.0/8, ::1 or localhost.
  [[nodiscard]] bool loopback() const;
  /// https, or http that does not leave the machine: where a secret may go.
  [[nodiscard]] bool protects_secrets() const;
};

/// nullopt for anything but a plain http or https URL: user info, blanks, backslashes and control
/// characters are read differently by different programs and never needed.
[[nodiscard]] std::optional<Origin> parse_origin(std::string_view url);

}  // namespace syncwright
