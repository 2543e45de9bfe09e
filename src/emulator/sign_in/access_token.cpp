#include "emulator/sign_in/access_token.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

#include "emulator/graph_error.h"
#include "emulator/permission.h"
#include "emulator/sign_in/jwt.h"
#include "emulator/store/store.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/encoding.h"
#include "syncwright/core/random.h"
#include "syncwright/core/text.h"
#include "syncwright/http/origin.h"

namespace syncwright::emulator {

namespace {

/// Graph's root in each cloud (docs/graph.md#1), the public one first, and Graph's own appId.
constexpr std::array<std::string_view, 5> graph_audiences{
    "https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn", graph_app_id};

std::vector<std::string> every_grant() {
  const auto grants = all_grants();
  return {grants.begin(), grants.end()};
}

std::string scope_text(const std::vector<std::string>& grants) {
  return fmt::format("{}", fmt::join(grants, " "));
}

Reply unauthenticated(std::string message) {
  return graph_error(401, "InvalidAuthenticationToken", std::move(message));
}

/// The same in every run, for whoever the state does not know.
std::string assumed_object_id(const std::string& name, const std::string& tenant_id) {
  return named_uuid(fmt::format("syncwright emulator principal {} of {}", name, tenant_id));
}

/// The live object of that appId; nullptr where there is none.
const Json* live_object(const Collection& objects, const std::string& app_id) {
  for (const Replicated* object : objects.with("appId", app_id)) {
    if (!object->is_deleted()) return &object->value();
  }
  return nullptr;
}

std::string role_value(const Json& resource, const std::string& role_id) {
  for (const Json& role : list_or_empty(resource, "appRoles")) {
    if (string_or(role, "id") == role_id) return string_or(role, "value");
  }
  return {};
}

/// What the state's assignments grant a service principal on Graph; every role where it has no such
/// assignment, so that a tenant works before anybody consented to anything.
std::vector<std::string> roles_on_graph(const Store& store, const std::string& service_principal) {
  const Json* graph = live_object(store.service_principals, graph_app_id);
  if (!graph) return every_grant();
  std::vector<std::string> roles;
  const std::string resource = string_or(*graph, "id");
  for (const Assignment* assignment : store.assignments.with("principalId", service_principal)) {
    if (assignment->deleted || string_or(assignment->value, "resourceId") != resource) continue;
    std::string role = role_value(*graph, string_or(assignment->value, "appRoleId"));
    if (!role.empty()) roles.push_back(std::move(role));
  }
  return roles.empty() ? every_grant() : roles;
}

const char* proof_text(ClientProof proof) {
  switch (proof) {
    case ClientProof::none:
      return "0";
    case ClientProof::secret:
      return "1";
    case ClientProof::assertion:
      return "2";
  }
  return "0";
}

}  // namespace

Json access_claims(const TokenHolder& holder, Instant now) {
  const std::int64_t begin = epoch_seconds(now);
  const std::string issuer = fmt::format("https://sts.windows.net/{}/", holder.tenant_id);
  Json claims = {{"aud", holder.audience},
                 {"iss", issuer},
                 {"iat", begin},
                 {"nbf", begin},
                 {"exp", begin + token_lifetime},
                 {"appid", holder.client_id},
                 {"appidacr", proof_text(holder.proof)},
                 {"idp", issuer},
                 {"oid", holder.object_id},
                 {"sub", holder.object_id},
                 {"tid", holder.tenant_id},
                 {"uti", base64url_encode(random_uuid().substr(0, 16))},
                 {"ver", "1.0"}};
  if (holder.user.empty()) {
    claims["idtyp"] = "app";
    claims["roles"] = holder.grants;
  } else {
    claims["idtyp"] = "user";
    claims["scp"] = scope_text(holder.grants);
    claims["upn"] = holder.user;
    claims["unique_name"] = holder.user;
  }
  return claims;
}

TokenHolder application_holder(const Store& store, const std::string& tenant_id,
                               const std::string& client_id) {
  TokenHolder holder{.tenant_id = tenant_id,
                     .client_id = client_id,
                     .object_id = assumed_object_id(client_id, tenant_id),
                     .user = {},
                     .audience = std::string(graph_audiences.front()),
                     .grants = {}};
  if (const Json* known = live_object(store.service_principals, client_id)) {
    holder.object_id = string_or(*known, "id");
    holder.grants = roles_on_graph(store, holder.object_id);
  } else {
    holder.grants = every_grant();
  }
  return holder;
}

TokenHolder user_holder(const Store& store, const std::string& tenant_id,
                        const std::string& client_id, const std::string& user) {
  TokenHolder holder{.tenant_id = tenant_id,
                     .client_id = client_id,
                     .object_id = assumed_object_id(ascii::lower(user), tenant_id),
                     .user = user,
                     .audience = std::string(graph_audiences.front()),
                     .grants = every_grant()};
  for (const Json& known : store.users) {
    if (!ascii::equal_ignoring_case(string_or(known, "userPrincipalName"), user)) continue;
    holder.object_id = string_or(known, "id");
  }
  return holder;
}

std::string audience_of(std::string requested, const std::string& root) {
  constexpr std::string_view everything = "/.default";
  if (requested.ends_with(everything)) requested.erase(requested.size() - everything.size());
  while (requested.ends_with('/')) requested.pop_back();
  // Whatever stands in front of the emulator on this machine, to speak TLS for it, is Graph too.
  const std::optional<http::Origin> origin = http::parse_origin(requested);
  const bool is_local = origin && http::is_loopback(origin->host);
  const bool means_graph = requested.empty() || requested == root || is_local;
  return means_graph ? std::string(graph_audiences.front()) : requested;
}

std::string unsigned_token(const Json& claims) {
  return jwt_text({{"alg", "none"}, {"typ", "JWT"}}, claims) + "." + base64url_encode("unsigned");
}

namespace {

/// A client sends one token with each of its requests: the last one that a thread read is kept.
const std::optional<Jwt>& parsed_token(std::string_view text) {
  struct Last {
    std::string text;
    std::optional<Jwt> token;
  };
  thread_local Last last;
  if (last.text != text) last = {std::string(text), Jwt::parse(text)};
  return last.token;
}

}  // namespace

std::optional<Caller> bearer(const http::HttpHeaders& headers, Instant now, Reply& refusal) {
  const std::string header = headers.get("Authorization").value_or("");
  constexpr std::string_view scheme = "bearer ";
  if (header.size() <= scheme.size() ||
      !ascii::equal_ignoring_case(std::string_view(header).substr(0, scheme.size()), scheme)) {
    refusal = unauthenticated("Access token is empty.");
    return std::nullopt;
  }
  const std::optional<Jwt>& token = parsed_token(std::string_view(header).substr(scheme.size()));
  if (!token) {
    refusal = unauthenticated("CompactToken parsing failed with error code: 80049217");
    return std::nullopt;
  }
  const Json& claims = token->claims;
  if (int_or(claims, "exp", 0) <= epoch_seconds(now)) {
    refusal = unauthenticated("Lifetime validation failed, the token is expired.");
    return std::nullopt;
  }
  std::string audience = string_or(claims, "aud");
  if (audience.ends_with('/')) audience.pop_back();
  if (std::find(graph_audiences.begin(), graph_audiences.end(), audience) ==
      graph_audiences.end()) {
    refusal = unauthenticated("Access token validation failure. Invalid audience.");
    return std::nullopt;
  }
  Caller caller;
  caller.app_id = string_or(claims, "appid");
  caller.user = string_or(claims, "upn");
  if (const std::string tenant = string_or(claims, "tid"); is_guid(tenant)) {
    caller.tenant_id = ascii::lower(tenant);
  }
  const Json& roles = member_or_null(claims, "roles");
  if (roles.is_array()) {
    for (const Json& role : roles) {
      if (role.is_string()) caller.grants.push_back(role.get<std::string>());
    }
  }
  std::istringstream scopes(string_or(claims, "scp"));
  for (std::string scope; scopes >> scope;) caller.grants.push_back(scope);
  return caller;
}

}  // namespace syncwright::emulator
