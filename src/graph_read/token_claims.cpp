#include <algorithm>
#include <sstream>

#include "syncwright/core/encoding.h"
#include "syncwright/core/json.h"
#include "syncwright/graph_read/answer_text.h"
#include "syncwright/graph_read/token_source.h"

namespace syncwright::graph_read {
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
  claims.tenant_id = plain_member(*json, "tid", 200);
  claims.app_id = plain_member(*json, "appid", 200);
  claims.user = plain_member(*json, "upn", 200);
  if (claims.user.empty()) claims.user = plain_member(*json, "unique_name", 200);
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

}  // namespace syncwright::graph_read
