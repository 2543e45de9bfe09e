#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syncwright/core/clock.h"
#include "syncwright/core/json.h"

namespace syncwright::emulator {

/// A JSON Web Token in the compact form of RFC 7515, taken apart. Nothing in it is verified.
struct Jwt {
  Json header;
  Json claims;
  std::string signed_text;  ///< header and claims as they were sent, which the signature is over
  std::string signature;    ///< bytes; empty where it is no base64url

  /// nullopt where the text is no three parts, or one of the first two no JSON object.
  [[nodiscard]] static std::optional<Jwt> parse(std::string_view token);
};

/// Header and claims as they are signed.
[[nodiscard]] std::string jwt_text(const Json& header, const Json& claims);

/// A claim "aud" may be one text or several.
[[nodiscard]] std::vector<std::string> audiences(const Json& claims);

/// A time as claims have it: seconds since 1970.
[[nodiscard]] std::int64_t epoch_seconds(Instant instant);

}  // namespace syncwright::emulator
