#include "emulator/sign_in/jwt.h"

#include <chrono>
#include <utility>

#include "syncwright/core/encoding.h"

namespace syncwright::emulator {

namespace {

constexpr JsonLimits token_limits{.max_bytes = 64U << 10U, .max_depth = 10};

std::optional<Json> decoded_object(std::string_view part) {
  const std::optional<std::string> text = base64url_decode(part);
  if (!text) return std::nullopt;
  Result<Json> object = parse_json(*text, token_limits);
  if (!object || !object->is_object()) return std::nullopt;
  return std::move(*object);
}

}  // namespace

std::optional<Jwt> Jwt::parse(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  std::optional<Json> header = decoded_object(token.substr(0, first));
  std::optional<Json> claims = decoded_object(token.substr(first + 1, second - first - 1));
  if (!header || !claims) return std::nullopt;
  return Jwt{std::move(*header), std::move(*claims), std::string(token.substr(0, second)),
             base64url_decode(token.substr(second + 1)).value_or("")};
}

std::string jwt_text(const Json& header, const Json& claims) {
  return base64url_encode(header.dump()) + "." + base64url_encode(canonical_json(claims));
}

std::vector<std::string> audiences(const Json& claims) {
  std::vector<std::string> found;
  const Json& claim = member_or_null(claims, "aud");
  if (claim.is_string()) found.push_back(claim.get<std::string>());
  if (!claim.is_array()) return found;
  for (const Json& audience : claim) {
    if (audience.is_string()) found.push_back(audience.get<std::string>());
  }
  return found;
}

std::int64_t epoch_seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

}  // namespace syncwright::emulator
