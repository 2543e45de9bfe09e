#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Where a URL leads, as far as secrets are concerned.
namespace syncwright::http {

/// Whether a URL's host is this very machine whatever a name server says: `localhost`, `[::1]` (or
/// `::1`), or a literal address of 127.0.0.0/8 as four decimal numbers. A name that only looks like
/// one ("127.evil.example") and other spellings of an address are none. Hosts are compared without
/// case and without a port.
[[nodiscard]] bool is_loopback(std::string_view host);

/// Whether a URL's host is a literal address of 169.254.0.0/16: nobody but the machine and what
/// hosts it answers there, and no router or proxy forwards it (a cloud's metadata service).
[[nodiscard]] bool is_link_local(std::string_view host);

/// Scheme, host and port of a URL: what a bearer token is bound to. Lower case, the port always
/// said.
struct Origin {
  std::string scheme;
  std::string host;
  std::string port;

  bool operator==(const Origin&) const = default;
  /// https, or http that does not leave the machine: where a secret may go.
  [[nodiscard]] bool protects_secrets() const;
};

/// nullopt for anything but a plain http or https URL: user info, blanks, backslashes and control
/// characters are read differently by different programs and never needed.
[[nodiscard]] std::optional<Origin> parse_origin(std::string_view url);

/// The URL as it may be printed: without user info, which may be a password, up to its `@`.
[[nodiscard]] std::string without_user_info(std::string_view url,
                                            std::string_view in_its_place = "(secret)@");

}  // namespace syncwright::http
