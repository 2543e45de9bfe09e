#include <algorithm>
#include <sstream>

#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/plain_text.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright {
namespace {

constexpr JsonLimits kClaimLimits{64u << 10u, 16};
/// The year 9999: a later `exp` would overflow in milliseconds and says nothing.
constexpr std::int64_t kLatestExpiry = 253'402'300'799;

std::optional<Json> payload_of(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::optional<std::string> text =
      base64url_decode(token.substr(first + 1, second - first - 1));
  if (!text) return std::nullopt;
  Result<Json> json = parse_json(*text, kClaimLimits);
  if (!json || !json->is_object()) return std::nullopt;
  return std::move(*json);
}

std::string text_of(const Json& claims, const char* key) {
  return plain_text(string_or(claims, key), 200);
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> split;
  for (std::string word; stream >> word;) split.push_back(word);
  return split;
}

}  // namespace

std::optional<TokenClaims> read_claims(std::string_view token) {
  const std::optional<Json> json = payload_of(token);
  if (!json) return std::nullopt;
  TokenClaims claims;
  claims.tenant_id = text_of(*json, "tid");
  claims.app_id = text_of(*json, "appid");
  claims.user = text_of(*json, "upn");
  if (claims.user.empty()) claims.user = text_of(*json, "unique_name");
  const std::string scopes = plain_text(string_or(*json, "scp"), 8000);
  claims.delegated = !scopes.empty();
  claims.roles = words(scopes);
  const Json& roles = member_or_null(*json, "roles");
  if (roles.is_array() && !claims.delegated) {
    for (const Json& role : roles) {
      if (role.is_string()) claims.roles.push_back(plain_text(role.get<std::string>(), 200));
    }
  }
  std::sort(claims.roles.begin(), claims.roles.end());
  const std::int64_t expiry = int_or(*json, "exp", 0);
  if (expiry > 0 && expiry <= kLatestExpiry) {
    claims.expires = Instant(std::chrono::seconds(expiry));
  }
  return claims;
}

}  // namespace syncwright
