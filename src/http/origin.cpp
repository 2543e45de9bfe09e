#include "syncwright/http/origin.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "syncwright/core/ascii.h"

namespace syncwright::http {

namespace {

/// One to three digits, at most 255, no leading zero: that would be octal for some.
bool is_octet(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  int value = 0;
  for (const char character : text) {
    if (character < '0' || character > '9') return false;
    value = value * 10 + (character - '0');
  }
  return value <= 255;
}

bool is_ipv4(std::string_view host) {
  std::size_t parts = 0;
  while (true) {
    const std::size_t dot = host.find('.');
    if (!is_octet(host.substr(0, dot))) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 4;
    host.remove_prefix(dot + 1);
  }
}

/// User info, host and port.
std::string_view authority_of(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon != std::string_view::npos) url.remove_prefix(colon + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

}  // namespace

bool is_loopback(std::string_view host) {
  constexpr std::string_view name = "localhost";
  const bool is_name =
      std::equal(host.begin(), host.end(), name.begin(), name.end(),
                 [](char left, char right) { return ascii::lower(left) == right; });
  return is_name || host == "::1" || host == "[::1]" || (host.starts_with("127.") && is_ipv4(host));
}

bool is_link_local(std::string_view host) {
  return host.starts_with("169.254.") && is_ipv4(host);
}

namespace {

bool plain_url_character(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte > 0x20 && byte < 0x7f && character != '\\';
}

bool host_character(char character) {
  return (character >= 'a' && character <= 'z') || ascii::is_digit(character) || character == '-' ||
         character == '.' || character == '_' || character == '[' || character == ']' ||
         character == ':';
}

}  // namespace

bool Origin::protects_secrets() const {
  return scheme == "https" || is_loopback(host);
}

std::optional<Origin> parse_origin(std::string_view url) {
  if (!std::all_of(url.begin(), url.end(), plain_url_character)) return std::nullopt;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Origin origin;
  origin.scheme = ascii::lower(url.substr(0, colon));
  if (origin.scheme != "http" && origin.scheme != "https") return std::nullopt;
  const std::string_view authority = authority_of(url);
  const std::size_t bracket = authority.rfind(']');
  const std::size_t port = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  origin.host = ascii::lower(authority.substr(0, port));
  origin.port = port == std::string_view::npos ? "" : std::string(authority.substr(port + 1));
  if (origin.port.empty()) origin.port = origin.scheme == "https" ? "443" : "80";
  if (origin.host.empty() || !std::all_of(origin.host.begin(), origin.host.end(), host_character) ||
      !std::all_of(origin.port.begin(), origin.port.end(), ascii::is_digit)) {
    return std::nullopt;
  }
  return origin;
}

std::string without_user_info(std::string_view url, std::string_view in_its_place) {
  const std::string_view authority = authority_of(url);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  const auto begin = static_cast<std::size_t>(authority.data() - url.data());
  if (begin == 0 && at + 1 == url.size()) return std::string(url);  // neither scheme nor host
  return fmt::format("{}{}{}", url.substr(0, begin), in_its_place, url.substr(begin + at + 1));
}

}  // namespace syncwright::http
