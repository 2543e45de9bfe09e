#include "graph_read/origin.h"

#include <algorithm>

#include "syncwright/core/ascii.h"
#include "syncwright/http/loopback.h"

namespace syncwright {
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

bool Origin::loopback() const {
  return is_loopback(host);
}

bool Origin::protects_secrets() const {
  return scheme == "https" || loopback();
}

std::optional<Origin> parse_origin(std::string_view url) {
  if (!std::all_of(url.begin(), url.end(), plain_url_character)) return std::nullopt;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Origin origin;
  origin.scheme = ascii::lower(url.substr(0, colon));
  if (origin.scheme != "http" && origin.scheme != "https") return std::nullopt;
  std::string_view authority = url.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));

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

}  // namespace syncwright
