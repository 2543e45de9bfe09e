#include "emulator/sign_in/discovery.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "emulator/sign_in/aadsts.h"
#include "emulator/sign_in/keys.h"

namespace syncwright::emulator {

namespace {

/// A tenant's endpoints; the two versions differ in their paths and in the issuer that they name:
/// Graph's tokens have that of version 1.
Json openid_configuration(const SignInRequest& request, bool is_v2) {
  const std::string& tenant = request.target.segments.front();
  const std::string id = named_tenant(request.store, tenant);
  const std::string base = fmt::format("{}/{}", request.target.root, tenant);
  const char* version = is_v2 ? "/v2.0" : "";
  return {{"token_endpoint", fmt::format("{}/oauth2{}/token", base, version)},
          {"token_endpoint_auth_methods_supported",
           {"client_secret_post", "private_key_jwt", "client_secret_basic"}},
          {"jwks_uri", fmt::format("{}/discovery{}/keys", base, is_v2 ? "/v2.0" : "")},
          {"response_modes_supported", {"query", "fragment", "form_post"}},
          {"subject_types_supported", {"pairwise"}},
          {"id_token_signing_alg_values_supported", {"RS256"}},
          {"response_types_supported", {"code", "id_token", "code id_token", "id_token token"}},
          {"scopes_supported", {"openid", "profile", "email", "offline_access"}},
          {"issuer", is_v2 ? fmt::format("{}/{}/v2.0", request.target.root, id)
                           : fmt::format("https://sts.windows.net/{}/", id)},
          {"authorization_endpoint", fmt::format("{}/oauth2{}/authorize", base, version)},
          {"end_session_endpoint", fmt::format("{}/oauth2{}/logout", base, version)},
          {"claims_supported",
           {"sub", "iss", "aud", "exp", "iat", "nonce", "oid", "tid", "ver", "appid"}},
          {"tenant_region_scope", nullptr},
          {"cloud_instance_name", "microsoftonline.com"},
          {"msgraph_host", request.target.root.substr(request.target.root.find("://") + 3)}};
}

/// The emulator is a cloud of its own, with one host: the one that was asked.
Reply instance_discovery(const SignInRequest& request) {
  const std::string asked = request.target.query.get("authorization_endpoint").value_or("");
  const std::vector<std::string> segments = RequestTarget::parse(asked).segments;
  if (asked.find("://") == std::string::npos || segments.empty()) {
    return refuse(Aadsts::missing_parameter, request.now, "authorization_endpoint");
  }
  const std::string& root = request.target.root;
  const std::string host = root.substr(root.find("://") + 3);
  Reply reply;
  reply.body = {{"tenant_discovery_endpoint",
                 fmt::format("{}/{}/v2.0/.well-known/openid-configuration", root, segments[0])},
                {"api-version", "1.1"},
                {"metadata", Json::array({{{"preferred_network", host},
                                           {"preferred_cache", host},
                                           {"aliases", Json::array({host})}}})}};
  return reply;
}

}  // namespace

std::optional<Reply> answer_discovery(const SignInRequest& request) {
  using Path = std::vector<std::string>;
  const Path& segments = request.target.segments;
  if (request.http.method != http::HttpMethod::get || segments.size() < 2) return std::nullopt;
  const Path rest(segments.begin() + 1, segments.end());
  Reply reply;
  if (rest == Path{"v2.0", ".well-known", "openid-configuration"}) {
    reply.body = openid_configuration(request, true);
  } else if (rest == Path{".well-known", "openid-configuration"}) {
    reply.body = openid_configuration(request, false);
  } else if (rest == Path{"discovery", "v2.0", "keys"} || rest == Path{"discovery", "keys"}) {
    reply.body = {{"keys", Json::array({process_key().jwk()})}};
  } else if (rest == Path{"discovery", "instance"}) {
    return instance_discovery(request);
  } else {
    return std::nullopt;
  }
  return reply;
}

}  // namespace syncwright::emulator
