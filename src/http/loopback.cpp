#include "syncwright/http/loopback.h"

#include <algorithm>
#include <cstddef>

#include "syncwright/core/ascii.h"

namespace syncwright {

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

}  // namespace

bool is_loopback(std::string_view host) {
  constexpr std::string_view name = "localhost";
  const bool is_name =
      std::equal(host.begin(), host.end(), name.begin(), name.end(),
                 [](char left, char right) { return ascii::lower(left) == right; });
  return is_name || host == "::1" || host == "[::1]" || (host.starts_with("127.") && is_ipv4(host));
}

}  // namespace syncwright
