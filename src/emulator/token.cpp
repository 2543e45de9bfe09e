#include "emulator/token.h"

#include <fmt/format.h>

#include <sstream>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/permission.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/random.h"
#include "syncwright/core/text.h"

namespace syncwright::emulator {

namespace {

constexpr std::string_view graph_audience = "https://graph.microsoft.com";
constexpr std::string_view graph_app_id = "00000003-0000-0000-c000-000000000000";
constexpr std::int64_t lifetime_seconds = 3599;

std::int64_t epoch_seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::string grants_text() {
  std::string scopes;
  for (const std::string_view grant : all_grants()) {
    scopes += (scopes.empty() ? "" : " ") + std::string(grant);
  }
  return scopes;
}

Reply unauthenticated(std::string message) {
  return graph_error(401, "InvalidAuthenticationToken", std::move(message));
}

std::optional<Json> claims_of(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  const std::optional<std::string> payload =
      base64url_decode(token.substr(first + 1, second - first - 1));
  if (!payload) return std::nullopt;
  Result<Json> claims = parse_json(*payload, {.max_bytes = 64U << 10U, .max_depth = 10});
  if (!claims || !claims->is_object()) return std::nullopt;
  return std::move(*claims);
}

Reply token_error(int status, std::string_view error, int code, std::string_view text,
                  Instant now) {
  std::string timestamp = format_rfc3339(std::chrono::floor<std::chrono::seconds>(now));
  timestamp.replace(10, 1, " ");
  const std::string trace = random_uuid();
  const std::string correlation = random_uuid();
  Reply reply;
  reply.status = status;
  reply.body = {
      {"error", error},
      {"error_description",
       fmt::format("AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}", code, text, trace,
                   correlation, timestamp)},
      {"error_codes", {code}},
      {"timestamp", timestamp},
      {"trace_id", trace},
      {"correlation_id", correlation},
      {"error_uri", fmt::format("https://login.microsoftonline.com/error?code={}", code)}};
  return reply;
}

/// The tenant that the path names. Every id is one. The state's own tenant has names as well, and
/// answers where no tenant is meant; any other name is a tenant whose id is the same in every run.
std::string named_tenant(const Store& store, const std::string& segment) {
  std::string name = ascii::lower(segment);
  if (is_guid(name)) return name;
  const std::string domain = ascii::lower(store.default_domain);
  const std::string label = domain.substr(0, domain.find('.'));
  const bool is_own = name == domain || name == label || name == label + ".onmicrosoft.com" ||
                      name == "common" || name == "organizations";
  return is_own ? store.tenant_id : named_uuid("syncwright emulator tenant " + name);
}

/// Some client credential: a secret, an assertion or the Basic header.
std::string client_credential(const QueryOptions& form, const http::HttpHeaders& headers) {
  std::string secret = form.get("client_secret").value_or("");
  if (!secret.empty()) return secret;
  const std::string assertion = form.get("client_assertion").value_or("");
  return assertion.empty() ? headers.get("Authorization").value_or("") : assertion;
}

Reply issue_for_client(const QueryOptions& form, const http::HttpHeaders& headers,
                       const std::string& tenant, Instant now) {
  const std::string credential = client_credential(form, headers);
  if (credential.empty()) {
    return token_error(401, "invalid_client", 7000216,
                       "'client_assertion', 'client_secret' or 'request' is required for the "
                       "'client_credentials' grant type.",
                       now);
  }
  if (credential == "invalid") {
    return token_error(401, "invalid_client", 7000215, "Invalid client secret provided.", now);
  }
  Reply reply;
  reply.body = {{"token_type", "Bearer"},
                {"expires_in", lifetime_seconds},
                {"ext_expires_in", lifetime_seconds},
                {"access_token", make_token(TokenKind::application, tenant,
                                            form.get("client_id").value_or(""), now)}};
  return reply;
}

Reply issue_for_user(const QueryOptions& form, bool numbers_as_text, const std::string& tenant,
                     Instant now) {
  const std::string password = form.get("password").value_or("");
  if (form.get("username").value_or("").empty() || password.empty() || password == "invalid") {
    return token_error(400, "invalid_grant", 50126,
                       "Error validating credentials due to invalid username or password.", now);
  }
  const std::int64_t begin = epoch_seconds(now);
  const auto number = [&](std::int64_t value) {
    return numbers_as_text ? Json(std::to_string(value)) : Json(value);
  };
  Reply reply;
  reply.body = {
      {"token_type", "Bearer"},
      {"scope", grants_text()},
      {"expires_in", number(lifetime_seconds)},
      {"ext_expires_in", number(lifetime_seconds)},
      {"access_token", make_token(TokenKind::delegated, tenant, form.get("client_id").value_or(""),
                                  now, form.get("username").value_or(""))},
      {"refresh_token", base64url_encode(random_uuid())}};
  if (numbers_as_text) {
    reply.body["expires_on"] = number(begin + lifetime_seconds);
    reply.body["not_before"] = number(begin);
    reply.body["resource"] = form.get("resource").value_or("");
  }
  return reply;
}

}  // namespace

std::string make_token(TokenKind kind, const std::string& tenant_id, const std::string& client_id,
                       Instant now, const std::string& user) {
  const std::int64_t begin = epoch_seconds(now);
  const Json header = {{"alg", "none"}, {"typ", "JWT"}};
  Json claims = {{"aud", graph_audience},
                 {"iss", fmt::format("https://sts.windows.net/{}/", tenant_id)},
                 {"tid", tenant_id},
                 {"appid", client_id},
                 {"iat", begin},
                 {"nbf", begin},
                 {"exp", begin + lifetime_seconds},
                 {"ver", "1.0"}};
  if (kind == TokenKind::application) {
    claims["roles"] = all_grants();
    claims["idtyp"] = "app";
  } else {
    claims["scp"] = grants_text();
    claims["upn"] = user;
  }
  return fmt::format("{}.{}.{}", base64url_encode(header.dump()),
                     base64url_encode(canonical_json(claims)), base64url_encode("unsigned"));
}

std::optional<Caller> bearer(const http::HttpHeaders& headers, Instant now, Reply& refusal) {
  const std::string header = headers.get("Authorization").value_or("");
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size() ||
      !ascii::equal_ignoring_case(std::string_view(header).substr(0, scheme.size()), scheme)) {
    refusal = unauthenticated("Access token is empty.");
    return std::nullopt;
  }
  const std::optional<Json> claims = claims_of(std::string_view(header).substr(scheme.size()));
  if (!claims) {
    refusal = unauthenticated("CompactToken parsing failed with error code: 80049217");
    return std::nullopt;
  }
  if (int_or(*claims, "exp", 0) <= epoch_seconds(now)) {
    refusal = unauthenticated("Lifetime validation failed, the token is expired.");
    return std::nullopt;
  }
  std::string audience = string_or(*claims, "aud");
  if (audience.ends_with('/')) audience.pop_back();
  if (audience != graph_audience && audience != graph_app_id) {
    refusal = unauthenticated("Access token validation failure. Invalid audience.");
    return std::nullopt;
  }
  Caller caller;
  caller.app_id = string_or(*claims, "appid");
  caller.user = string_or(*claims, "upn");
  if (const std::string tenant = string_or(*claims, "tid"); is_guid(tenant)) {
    caller.tenant_id = ascii::lower(tenant);
  }
  const Json& roles = member_or_null(*claims, "roles");
  if (roles.is_array()) {
    for (const Json& role : roles) {
      if (role.is_string()) caller.grants.push_back(role.get<std::string>());
    }
  }
  std::istringstream scopes(string_or(*claims, "scp"));
  for (std::string scope; scopes >> scope;) caller.grants.push_back(scope);
  return caller;
}

bool is_token_path(const std::vector<std::string>& segments) {
  const std::size_t size = segments.size();
  const bool has_shape = (size == 3 || (size == 4 && segments[2] == "v2.0"));
  return has_shape && segments[1] == "oauth2" && segments.back() == "token";
}

Reply issue(const Store& store, const std::vector<std::string>& segments,
            const http::HttpRequest& request, Instant now) {
  if (request.method != http::HttpMethod::post) {
    return token_error(400, "invalid_request", 900561, "The endpoint only accepts POST requests.",
                       now);
  }
  const QueryOptions form = QueryOptions::parse(request.body);
  const std::string tenant = named_tenant(store, segments[0]);
  if (form.get("client_id").value_or("").empty() && !request.headers.get("Authorization")) {
    return token_error(400, "invalid_request", 900144,
                       "The request body must contain the following parameter: 'client_id'.", now);
  }
  const std::string grant = form.get("grant_type").value_or("");
  if (grant == "client_credentials") {
    return issue_for_client(form, request.headers, tenant, now);
  }
  if (grant == "password") return issue_for_user(form, segments.size() == 3, tenant, now);
  return token_error(400, "unsupported_grant_type", 70003,
                     fmt::format("The app requested an unsupported grant type '{}'.", grant), now);
}

}  // namespace syncwright::emulator
