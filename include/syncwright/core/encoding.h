#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace syncwright {

/// RFC 4648 section 5 without padding.
[[nodiscard]] std::string base64url_encode(std::string_view bytes);
/// nullopt where the text is not base64url; padding is accepted.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);
/// Everything but unreserved characters (RFC 3986) as %XX: path segments, query values and forms.
[[nodiscard]] std::string percent_encode(std::string_view text);
/// %XX decoded; malformed escapes stay as they are. `plus_is_space` for forms and queries.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_space = false);

}  // namespace syncwright
